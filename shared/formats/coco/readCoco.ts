import { z } from 'zod'
import type { Point } from '../../geometry/point.ts'
import { encodeCounts } from '../../geometry/rleCounts.ts'
import type { DatasetClass } from '../datasetClasses.ts'
import { FormatError } from '../formatError.ts'
import type { LabelledImage, LabelledShape } from '../labelledImage.ts'
import { CocoFileSchema } from './schema.ts'
import type { CocoAnnotation, CocoFile, CocoImage } from './schema.ts'

/**
 * Reads a COCO object detection or keypoint file (https://cocodataset.org/#format-data). Several outlines are one object in parts; an annotation
 * without outline is a box, or a point if it has just one keypoint. Areas, licences and crowds are not kept.
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
    ofImage.push(shapeOf(annotation, category))
  }
  return {
    classes: categories.map(({ name, class_id: id, keypoints }) => ({ name, points: keypoints !== undefined, ...(id === undefined ? {} : { id }) })),
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

function shapeOf(annotation: CocoAnnotation, category: number): LabelledShape {
  const geometry = annotation.geometry ?? geometryOf(annotation)
  const { provenance } = annotation
  const { rotation, ...others } = annotation.attributes
  const added = geometry.kind === 'rotatedRectangle' && rotation === geometry.rotation
  return { category, geometry, attributes: added ? others : annotation.attributes, ...(provenance === undefined ? {} : { provenance }) }
}

function geometryOf({ id, segmentation, keypoints, bbox }: CocoAnnotation): LabelledShape['geometry'] {
  if (!Array.isArray(segmentation)) {
    const { size, counts } = segmentation
    return { kind: 'mask', rle: typeof counts === 'string' ? { size, counts } : encodeCounts(counts, size) }
  }
  const parts = segmentation.map((flat) => pointsOf(flat, id))
  const [only] = parts
  if (only !== undefined) return parts.length === 1 ? { kind: 'polygon', rings: [only] } : { kind: 'multiPolygon', parts }
  const [x, y] = keypoints ?? []
  if (keypoints?.length === 3 && x !== undefined && y !== undefined) return { kind: 'point', x, y }
  const [left, top, width, height] = bbox
  return { kind: 'rectangle', x: left, y: top, width, height }
}

function pointsOf(flat: readonly number[], id: number): Point[] {
  if (flat.length % 2 === 1) throw new FormatError(`An outline of annotation ${id} has an odd number of coordinates`)
  return Array.from({ length: flat.length / 2 }, (_, index): Point => [flat[2 * index] ?? 0, flat[2 * index + 1] ?? 0])
}
