import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCoco } from '../../../../shared/formats/coco/readCoco.ts'
import { CocoFileSchema } from '../../../../shared/formats/coco/schema.ts'
import type { CocoFile } from '../../../../shared/formats/coco/schema.ts'
import { writeCoco } from '../../../../shared/formats/coco/writeCoco.ts'
import { FormatError } from '../../../../shared/formats/formatError.ts'
import type { LabelledImage, LabelledShape } from '../../../../shared/formats/labelledImage.ts'
import { encodeMask } from '../../../../shared/geometry/mask.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { eachEdge } from '../../../../shared/geometry/polygon.ts'
import { distance } from '../../../../shared/geometry/vector.ts'
import { holds } from '../../../builders/property.ts'
import { CLASSES, cocoImages, ORIGIN, PREDICTED } from './arbitraries.ts'

const LABELME = resolve(import.meta.dirname, '../../../../../shared/data/labelme-voc/examples/instance_segmentation/data_dataset_coco/annotations.json')

const square = (from: number, to: number): Point[] => [[from, from], [to, from], [to, to], [from, to]]

function imageOf(...geometries: LabelledShape['geometry'][]): LabelledImage {
  return { fileName: 'x.jpg', width: 25, height: 25, tags: [], origin: ORIGIN, shapes: geometries.map((geometry) => ({ category: 1, geometry, attributes: {} })) }
}

function written(...images: LabelledImage[]): CocoFile {
  return CocoFileSchema.parse(JSON.parse(writeCoco(CLASSES, images).text))
}

function annotationOf(geometry: LabelledShape['geometry']) {
  return written(imageOf(geometry)).annotations[0]
}

function lengthOf(geometry: LabelledShape['geometry'] | undefined): number {
  const outlines = geometry?.kind === 'multiPolygon' ? geometry.parts : geometry?.kind === 'polygon' ? geometry.rings : []
  let length = 0
  for (const outline of outlines) eachEdge(outline, true, (a, b) => { length += distance(a, b) })
  return length
}

describe('writeCoco', () => {
  it('numbers categories from 1 in the order of the classes, with a keypoint where points are allowed', () => {
    expect(written().categories).toEqual([
      { id: 1, name: 'Car', class_id: 'car', supercategory: '' },
      { id: 2, name: 'Persona "à pied"', class_id: 'person', supercategory: '', keypoints: ['point'], skeleton: [] },
      { id: 3, name: 'Face', class_id: 'face', supercategory: '', keypoints: ['left eye', 'right eye', 'mouth'], skeleton: [[1, 2], [2, 3]] },
    ])
  })

  it('says which objects belong together, and reads it back, from other tools as well', () => {
    const [one, other] = [1, 2].map((x): LabelledShape => ({ category: 0, geometry: { kind: 'rectangle', x, y: 2, width: 3, height: 4 }, attributes: {}, group: 'pair' }))
    const { text } = writeCoco(CLASSES, [{ ...imageOf(), shapes: one && other ? [one, other] : [] }])
    expect((JSON.parse(text) as { annotations: { group_id: string }[] }).annotations.map(({ group_id: group }) => group)).toEqual(['pair', 'pair'])
    expect(readCoco(text).images[0]?.shapes.map(({ group }) => group)).toEqual(['pair', 'pair'])
    expect(readCoco(text.replaceAll('"pair"', '7')).images[0]?.shapes.map(({ group }) => group)).toEqual(['7', '7'])
    expect(readCoco(text.replaceAll('"pair"', 'null')).images[0]?.shapes.map(({ group }) => group)).toEqual([undefined, undefined])
  })

  it('writes boxes by their corners, turned ones with their rotation', () => {
    expect(annotationOf({ kind: 'rectangle', x: 1, y: 2, width: 3, height: 4 })).toMatchObject({
      id: 1, image_id: 1, category_id: 2, bbox: [1, 2, 3, 4], area: 12, segmentation: [[1, 2, 4, 2, 4, 6, 1, 6]], iscrowd: 0, attributes: {},
    })
    const turned = annotationOf({ kind: 'rotatedRectangle', cx: 10, cy: 10, width: 8, height: 4, rotation: 90 })
    expect(turned).toMatchObject({ area: 32, attributes: { rotation: 90 } })
    expect(turned?.bbox.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([8, 6, 4, 8])
  })

  it('writes a plain polygon as one outline, and one with a hole as run lengths with the area that is left', () => {
    expect(annotationOf({ kind: 'polygon', rings: [[[1, 1], [5, 1], [5, 3]]] })).toMatchObject({ bbox: [1, 1, 4, 2], area: 4, segmentation: [[1, 1, 5, 1, 5, 3]] })
    const holed = annotationOf({ kind: 'polygon', rings: [square(10, 20), square(12, 14)] })
    // Written by pycocotools 2.0.11: encode() of 25 x 25 pixels with [10:20, 10:20] set and [12:14, 12:14] cleared.
    expect(holed).toMatchObject({ bbox: [10, 10, 10, 10], area: 96, iscrowd: 0, segmentation: { size: [25, 25], counts: 'T8:?00HC4=LC4=40000000000c3' } })
  })

  it('writes masks as they are, points as one keypoint, an ellipse as an outline of the same area', () => {
    const rle = encodeMask(Uint8Array.from({ length: 625 }, (_, at) => (at % 25 < 2 ? 1 : 0)), 25, 25)
    expect(annotationOf({ kind: 'mask', rle })).toMatchObject({ bbox: [0, 0, 2, 25], area: 50, segmentation: rle })
    expect(annotationOf({ kind: 'point', x: 4.5, y: 6 })).toMatchObject({ bbox: [4.5, 6, 0, 0], area: 0, segmentation: [], keypoints: [4.5, 6, 2], num_keypoints: 1 })
    const ellipse = annotationOf({ kind: 'ellipse', cx: 12, cy: 12, rx: 6, ry: 3, rotation: 30 })
    expect(ellipse?.area).toBeCloseTo(Math.PI * 18, 0)
    expect(ellipse?.segmentation).toHaveLength(1)
  })

  const FACE = 2
  const inClass = (category: number, ...geometries: LabelledShape['geometry'][]) => ({ ...imageOf(), shapes: geometries.map((geometry) => ({ category, geometry, attributes: {} })) })

  it('writes the keypoints of a skeleton, zeros for those that are not labelled, and the box around the others', () => {
    const points = [{ x: 4, y: 5, visibility: 2 as const }, { x: 10, y: 8, visibility: 1 as const }, { x: 99, y: 99, visibility: 0 as const }]
    expect(written(inClass(FACE, { kind: 'skeleton', points })).annotations[0]).toMatchObject({
      category_id: 3, bbox: [4, 5, 6, 3], area: 18, segmentation: [], keypoints: [4, 5, 2, 10, 8, 1, 0, 0, 0], num_keypoints: 2,
    })
  })

  it('leaves out a skeleton of other keypoints than its class has, and keeps a single point beside a skeleton', () => {
    const points = [{ x: 4, y: 5, visibility: 2 as const }]
    expect(writeCoco(CLASSES, [inClass(FACE, { kind: 'skeleton', points })]).leftOut).toEqual([{ reason: 'keypoints', kind: 'skeleton' }])
    expect(writeCoco(CLASSES, [inClass(0, { kind: 'skeleton', points })]).leftOut).toEqual([{ reason: 'keypoints', kind: 'skeleton' }])
    expect(written(inClass(FACE, { kind: 'point', x: 1, y: 2 })).annotations[0]?.keypoints).toBeUndefined()
  })

  it('gives a score to what a model proposed, and says where it came from', () => {
    const image = imageOf({ kind: 'point', x: 1, y: 1 })
    const file = written({ ...image, shapes: image.shapes.map((shape) => ({ ...shape, provenance: PREDICTED })) })
    expect(file.annotations[0]).toMatchObject({ score: 0.75, provenance: PREDICTED })
  })

  it('reports what it leaves out and why', () => {
    const { text, leftOut } = writeCoco(CLASSES, [imageOf(
      { kind: 'polyline', points: [[0, 0], [9, 9]] },
      { kind: 'mask', rle: { size: [25, 25], counts: '5' } },
      { kind: 'mask', rle: { size: [24, 25], counts: 'h6' } },
      { kind: 'rectangle', x: 1, y: 1, width: 0, height: 5 },
    )])
    expect(leftOut).toEqual([{ reason: 'kind', kind: 'polyline' }, { reason: 'damaged', kind: 'mask' }, { reason: 'damaged', kind: 'mask' }, { reason: 'empty', kind: 'rectangle' }])
    expect(CocoFileSchema.parse(JSON.parse(text)).annotations).toEqual([])
  })

  it('dates the file by its newest revision and names schemas and revisions, so that the same labels give the same bytes', () => {
    const later = { ...ORIGIN, revision: { ...ORIGIN.revision, createdAt: '2026-03-01T00:00:00.000Z' as typeof ORIGIN.revision.createdAt } }
    const images = [{ ...imageOf(), origin: later }, imageOf()]
    expect(written(...images).info).toEqual({
      description: 'Labels exported by Fieldmark', version: '1.0', year: 2026, date_created: '2026-03-01T00:00:00.000Z',
      schema_hashes: [ORIGIN.schemaHash], revision_ids: [ORIGIN.revision.id, ORIGIN.revision.id],
    })
    expect(writeCoco(CLASSES, images).text).toBe(writeCoco(CLASSES, images).text)
  })
})

describe('readCoco', () => {
  it('gives back what was written, shape by shape, and writes the same bytes again', () => {
    holds('COCO round trip', fc.property(cocoImages, (images) => {
      const { text, leftOut } = writeCoco(CLASSES, images)
      expect(leftOut).toEqual([])
      const read = readCoco(text)
      expect(read).toEqual({ classes: CLASSES, images })
      expect(writeCoco(read.classes, read.images).text).toBe(text)
    }), 100)
  })

  it('keeps an attribute of the label schema that is called rotation', () => {
    const image = imageOf({ kind: 'rotatedRectangle', cx: 10, cy: 10, width: 8, height: 4, rotation: 90 })
    const [shape] = readCoco(writeCoco(CLASSES, [{ ...image, shapes: image.shapes.map((one) => ({ ...one, attributes: { rotation: 'fast' } })) }]).text).images[0]?.shapes ?? []
    expect(shape?.attributes).toEqual({ rotation: 'fast' })
  })

  it('reads run lengths that are not compressed, boxes without outline and ids in any order', () => {
    const base = { image_id: 7, category_id: 90, area: 4, bbox: [1, 1, 2, 2] }
    const { images, classes } = readCoco(JSON.stringify({
      images: [{ id: 7, file_name: 'x.jpg', width: 3, height: 3 }], categories: [{ id: 90, name: 'toothbrush', supercategory: 'indoor' }],
      annotations: [{ ...base, id: 3, iscrowd: 1, segmentation: { size: [3, 3], counts: [4, 2, 1, 2] } }, { ...base, id: 1, segmentation: [] }],
    }))
    expect(classes).toEqual([{ name: 'toothbrush', points: false }])
    expect(images[0]?.shapes.map(({ geometry }) => geometry)).toEqual([
      // pycocotools 2.0.11: encode() of 3 x 3 pixels with [1:, 1:] set.
      { kind: 'mask', rle: { size: [3, 3], counts: '4210' } }, { kind: 'rectangle', x: 1, y: 1, width: 2, height: 2 },
    ])
  })

  it('reads an outline with keypoints as two shapes, and a box where no keypoint is labelled', () => {
    const base = { image_id: 1, category_id: 1, area: 4, bbox: [1, 1, 2, 2] }
    const { images, classes } = readCoco(JSON.stringify({
      images: [{ id: 1, file_name: 'x.jpg', width: 9, height: 9 }], categories: [{ id: 1, name: 'person', keypoints: ['nose', 'neck'], skeleton: [[1, 2]] }],
      annotations: [
        { ...base, id: 1, segmentation: [[1, 1, 3, 1, 3, 3]], keypoints: [2, 2, 2, 0, 0, 0], num_keypoints: 1 },
        { ...base, id: 2, segmentation: [], keypoints: [0, 0, 0, 0, 0, 0], num_keypoints: 0 },
      ],
    }))
    expect(classes).toEqual([{ name: 'person', points: false, skeleton: { keypoints: ['nose', 'neck'], edges: [[0, 1]] } }])
    expect(images[0]?.shapes.map(({ geometry }) => geometry)).toEqual([
      { kind: 'polygon', rings: [[[1, 1], [3, 1], [3, 3]]] },
      { kind: 'skeleton', points: [{ x: 2, y: 2, visibility: 2 }, { x: 0, y: 0, visibility: 0 }] },
      { kind: 'rectangle', x: 1, y: 1, width: 2, height: 2 },
    ])
  })

  it.each([
    ['no JSON', '{', /not JSON/],
    ['no images', '{}', /not COCO/],
    ['an unknown image', '{"images":[],"categories":[{"id":1,"name":"a"}],"annotations":[{"id":5,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"area":1}]}', /Annotation 5 is of image 1/],
    ['an unknown category', '{"images":[{"id":1,"file_name":"x","width":1,"height":1}],"annotations":[{"id":5,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"area":1}]}', /of category 1/],
    ['an id twice', '{"images":[],"categories":[{"id":1,"name":"a"},{"id":1,"name":"b"}]}', /category id twice/],
    ['an unknown visibility', '{"images":[{"id":1,"file_name":"x","width":1,"height":1}],"categories":[{"id":1,"name":"a"}],"annotations":[{"id":5,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"area":1,"keypoints":[1,1,3]}]}', /visibility/],
    ['half a point', '{"images":[{"id":1,"file_name":"x","width":1,"height":1}],"categories":[{"id":1,"name":"a"}],"annotations":[{"id":5,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"area":1,"segmentation":[[0,0,1,1,2,2,3]]}]}', /odd number/],
  ])('refuses a file with %s', (_, text, message) => {
    expect(() => readCoco(text)).toThrow(FormatError)
    expect(() => readCoco(text)).toThrow(message)
  })

  it.skipIf(!existsSync(LABELME))('reads what labelme wrote and writes the same objects (skipped without the shared labelme data)', () => {
    const text = readFileSync(LABELME, 'utf8')
    const theirs = CocoFileSchema.parse(JSON.parse(text))
    const { classes, images } = readCoco(text)
    const result = writeCoco(classes, images)
    const ours = CocoFileSchema.parse(JSON.parse(result.text))
    expect(result.leftOut).toEqual([])
    expect(theirs.annotations.length).toBeGreaterThan(10)
    expect(ours.images.map(({ id: _, ...image }) => image)).toEqual(theirs.images.map(({ id: _, ...image }) => image))
    expect(ours.categories.map(({ name }) => name)).toEqual(theirs.categories.map(({ name }) => name))
    // Their ids count from 0, and annotations are not grouped by image there.
    const byImage = theirs.images.flatMap(({ id }) => theirs.annotations.filter((annotation) => annotation.image_id === id))
    expect(ours.annotations.map((each) => [each.category_id - 1, each.segmentation])).toEqual(byImage.map((each) => [each.category_id, each.segmentation]))
    // Their areas and boxes are those of the pixels, ours those of the outlines; the outline's length limits how many pixels that can be.
    for (const [index, each] of ours.annotations.entries()) {
      expect(Math.abs(each.area - (byImage[index]?.area ?? 0))).toBeLessThan(lengthOf(images.flatMap(({ shapes }) => shapes)[index]?.geometry))
      each.bbox.forEach((value, side) => { expect(Math.abs(value - (byImage[index]?.bbox[side] ?? 0))).toBeLessThanOrEqual(2) })
    }
  })
})
