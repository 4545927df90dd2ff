import { z } from 'zod'
import type { Point } from '../../geometry/point.ts'
import { KeypointVisibilitySchema } from '../../geometry/skeleton.ts'
import type { Keypoint } from '../../geometry/skeleton.ts'
import { encodeCounts } from '../../geometry/rleCounts.ts'
import type { DatasetClass } from '../datasetClasses.ts'
import { FormatError } from '../formatError.ts'
import type { LabelledImage, LabelledShape } from '../labelledImage.ts'
import { CocoFileSchema, SINGLE_POINT } from './schema.ts'
import type { CocoAnnotation, CocoFile, CocoImage } from './schema.ts'

/**
 * Reads a COCO object detection or keypoint file (https://cocodataset.org/#format-data). Several outlines are one object in parts; an annotation
 * without outline is a skeleton if it has labelled keypoints (a point if it has just one), else a box; one with both is an outline and a skeleton. Areas, licences and crowds are not kept.
 * @throws FormatError when the text is not COCO or refers to what it does not hold.
 */
export function readCoco(text: string): { classes: DatasetClass[]; images: LabelledImage[] } {
  const { images, annotations, categories } = parseFile(text)
  const places = placesOf(categories, 'category')
  const shapes = new Map([...placesOf(images, 'image').keys()].map((id): [number, LabelledShape[]] => [id, []]))
  for (const annotation of annotations) {
    const category = places.get(annotation.category_id)
    const ofImage = shapes.get(annotation.image_id)
    if (category === undefined) throw new FormatError(`Annotation ${annotation.id} is of category ${annotation.category_id}, which the file does not define`)
    if (ofImage === undefined) throw new FormatError(`Annotation ${annotation.id} is of image ${annotation.image_id}, which the file does not list`)
    ofImage.push(...shapesOf(annotation, category))
  }
  return {
    classes: categories.map(classOf),
    images: images.map((image) => imageOf(image, shapes.get(image.id) ?? [])),
  }
}

function parseFile(text: string): CocoFile {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new FormatError('The file is not JSON', { cause: error })
  }
  const file = CocoFileSchema.safeParse(json)
  if (!file.success) throw new FormatError(`The file is not COCO: ${z.prettifyError(file.error)}`)
  return file.data
}

/** Ids are any numbers in COCO; here things are known by their places. */
function placesOf(records: readonly { id: number }[], what: string): Map<number, number> {
  const places = new Map(records.map(({ id }, place) => [id, place]))
  if (places.size < records.length) throw new FormatError(`The file has one ${what} id twice`)
  return places
}

function imageOf({ file_name: fileName, width, height, tags = [], origin }: CocoImage, shapes: LabelledShape[]): LabelledImage {
  return { fileName, width, height, tags, shapes, ...(origin === undefined ? {} : { origin }) }
}

function classOf({ name, class_id: id, keypoints, skeleton: edges = [] }: CocoFile['categories'][number]): DatasetClass {
  const points = keypoints?.join() === SINGLE_POINT.join()
  const skeleton = keypoints === undefined || points ? undefined : { keypoints, edges: edges.map(([from, to]): [number, number] => [from - 1, to - 1]) }
  return { name, points, ...(id === undefined ? {} : { id }), ...(skeleton === undefined ? {} : { skeleton }) }
}

function shapesOf(annotation: CocoAnnotation, category: number): LabelledShape[] {
  const geometries = annotation.geometry === undefined ? geometriesOf(annotation) : [annotation.geometry]
  return geometries.map((geometry) => shapeOf(annotation, category, geometry))
}

function shapeOf(annotation: CocoAnnotation, category: number, geometry: LabelledShape['geometry']): LabelledShape {
  const { provenance, group_id: group } = annotation
  const { rotation, ...others } = annotation.attributes
  const added = geometry.kind === 'rotatedRectangle' && rotation === geometry.rotation
  return { category, geometry, attributes: added ? others : annotation.attributes, ...(provenance === undefined ? {} : { provenance }), ...(group === undefined || group === null ? {} : { group: String(group) }) }
}

function geometriesOf(annotation: CocoAnnotation): LabelledShape['geometry'][] {
  const found = [outlineOf(annotation), keypointsOf(annotation)].filter((geometry) => geometry !== undefined)
  if (found.length > 0) return found
  const [x, y, width, height] = annotation.bbox
  return [{ kind: 'rectangle', x, y, width, height }]
}

function outlineOf({ id, segmentation }: CocoAnnotation): LabelledShape['geometry'] | undefined {
  if (!Array.isArray(segmentation)) {
    const { size, counts } = segmentation
    return { kind: 'mask', rle: typeof counts === 'string' ? { size, counts } : encodeCounts(counts, size) }
  }
  const parts = segmentation.map((flat) => pointsOf(flat, id))
  const [only] = parts
  if (only === undefined) return undefined
  return parts.length === 1 ? { kind: 'polygon', rings: [only] } : { kind: 'multiPolygon', parts }
}

function keypointsOf({ id, keypoints = [] }: CocoAnnotation): LabelledShape['geometry'] | undefined {
  if (keypoints.length % 3 !== 0) throw new FormatError(`The keypoints of annotation ${id} are not threes of x, y and visibility`)
  const points = Array.from({ length: keypoints.length / 3 }, (_, index): Keypoint => {
    const visibility = KeypointVisibilitySchema.safeParse(keypoints[3 * index + 2])
    if (!visibility.success) throw new FormatError(`A keypoint of annotation ${id} has a visibility other than 0, 1 and 2`)
    return { x: keypoints[3 * index] ?? 0, y: keypoints[3 * index + 1] ?? 0, visibility: visibility.data }
  })
  const [only] = points
  if (only === undefined || points.every(({ visibility }) => visibility === 0)) return undefined
  return points.length === 1 ? { kind: 'point', x: only.x, y: only.y } : { kind: 'skeleton', points }
}

function pointsOf(flat: readonly number[], id: number): Point[] {
  if (flat.length % 2 === 1) throw new FormatError(`An outline of annotation ${id} has an odd number of coordinates`)
  return Array.from({ length: flat.length / 2 }, (_, index): Point => [flat[2 * index] ?? 0, flat[2 * index + 1] ?? 0])
}
