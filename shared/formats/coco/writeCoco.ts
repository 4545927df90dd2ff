import type { Instant, RevisionId, SchemaHash } from '../../domain/ids.ts'
import { predictionBehind } from '../../domain/shape.ts'
import type { DatasetClass, DatasetSkeleton } from '../datasetClasses.ts'
import type { LabelledImage, LabelledShape, LeftOutShape } from '../labelledImage.ts'
import { faultOf } from '../leftOutShape.ts'
import { cocoBody } from './annotation.ts'
import { SINGLE_POINT } from './schema.ts'
import type { CocoAnnotation, CocoCategory, CocoImage, CocoInfo } from './schema.ts'

/** The number of a class; 0 is left free because many training tools keep it for the background. */
const categoryId = (place: number) => place + 1

/**
 * Writes a COCO file image by image, so that none of it need be held but ids. The text is COCO_HEAD, all `images` texts, COCO_MIDDLE, all
 * `annotations` texts, then `tail()`. The same labels give the same text: the date is that of the newest revision, never the current time.
 */
export interface CocoWriter {
  /** The texts of one image (separators included), how many annotations they hold and which shapes they do not. */
  add(image: LabelledImage): { images: string; annotations: string; written: number; leftOut: LeftOutShape[] }
  tail(): string
}

export const COCO_HEAD = '{"images":['
export const COCO_MIDDLE = '\n],"annotations":['

/** A writer of COCO object detection data (https://cocodataset.org/#format-data); `classes` become the categories, numbered from 1. */
export function createCocoWriter(classes: readonly DatasetClass[]): CocoWriter {
  let images = 0
  let annotations = 0
  const info = createInfo()
  return {
    add: (image) => {
      images += 1
      const first = annotations
      const leftOut: LeftOutShape[] = []
      const texts: string[] = []
      for (const shape of image.shapes) {
        const written = annotationOf(shape, image, classes[shape.category], { id: annotations + 1, image_id: images })
        if ('reason' in written) leftOut.push(written)
        else texts.push(`${annotations++ === 0 ? '\n' : ',\n'}${JSON.stringify(written)}`)
      }
      info.note(image)
      return { images: `${images === 1 ? '\n' : ',\n'}${JSON.stringify(imageOf(image, images))}`, annotations: texts.join(''), written: annotations - first, leftOut }
    },
    tail: () => `\n],"categories":${JSON.stringify(classes.map(categoryOf))},"licenses":[],"info":${JSON.stringify(info.read())}}\n`,
  }
}

/** A whole COCO file as one text. */
export function writeCoco(classes: readonly DatasetClass[], images: Iterable<LabelledImage>): { text: string; leftOut: LeftOutShape[] } {
  const writer = createCocoWriter(classes)
  const parts = [...images].map((image) => writer.add(image))
  const text = COCO_HEAD + parts.map((part) => part.images).join('') + COCO_MIDDLE + parts.map((part) => part.annotations).join('') + writer.tail()
  return { text, leftOut: parts.flatMap((part) => part.leftOut) }
}

function imageOf({ fileName, width, height, tags, origin }: LabelledImage, id: number): CocoImage {
  return { id, file_name: fileName, width, height, ...(tags.length === 0 ? {} : { tags: [...tags] }), ...(origin === undefined ? {} : { origin }) }
}

function categoryOf({ name, id, points, skeleton }: DatasetClass, place: number): CocoCategory {
  return { id: categoryId(place), name, supercategory: '', ...(id === undefined ? {} : { class_id: id }), ...keypointsOf(skeleton, points) }
}

/** COCO counts keypoints from 1 where it joins them. A class of single points has one keypoint, unless it has a skeleton. */
function keypointsOf(skeleton: DatasetSkeleton | undefined, points: boolean): Pick<CocoCategory, 'keypoints' | 'skeleton'> {
  if (skeleton === undefined) return points ? { keypoints: [...SINGLE_POINT], skeleton: [] } : {}
  return { keypoints: [...skeleton.keypoints], skeleton: skeleton.edges.map(([from, to]) => [from + 1, to + 1]) }
}

function annotationOf(shape: LabelledShape, image: LabelledImage, ofClass: DatasetClass | undefined, ids: Pick<CocoAnnotation, 'id' | 'image_id'>): CocoAnnotation | LeftOutShape {
  const { kind } = shape.geometry
  const reason = faultOf(shape, image) ?? keypointFault(shape, ofClass)
  const body = reason === undefined ? cocoBody(shape, image, ofClass) : undefined
  if (body === undefined) return { reason: reason ?? 'kind', kind }
  const { provenance, group } = shape
  const prediction = provenance === undefined ? undefined : predictionBehind(provenance)
  return {
    ...ids, category_id: categoryId(shape.category), ...body, iscrowd: 0, attributes: attributesOf(shape),
    ...(prediction === undefined ? {} : { score: prediction.confidence }),
    ...(provenance === undefined ? {} : { provenance }),
    ...(group === undefined ? {} : { group_id: group }),
  }
}

function keypointFault({ geometry }: LabelledShape, ofClass: DatasetClass | undefined): 'keypoints' | undefined {
  return geometry.kind === 'skeleton' && geometry.points.length !== ofClass?.skeleton?.keypoints.length ? 'keypoints' : undefined
}

/** CVAT and the tools that follow it look for the turn of a box in the attribute `rotation`; an attribute of that name in the label schema comes first. */
function attributesOf({ geometry, attributes }: LabelledShape): CocoAnnotation['attributes'] {
  return geometry.kind === 'rotatedRectangle' ? { rotation: geometry.rotation, ...attributes } : attributes
}

/** Gathers what the info block says of all images. */
function createInfo() {
  const schemas = new Set<SchemaHash>()
  const revisions: RevisionId[] = []
  let newest: Instant | undefined
  return {
    note({ origin }: LabelledImage): void {
      if (origin === undefined) return
      schemas.add(origin.schemaHash)
      if (origin.revision === undefined) return
      const { id, createdAt } = origin.revision
      revisions.push(id)
      if (newest === undefined || Date.parse(createdAt) > Date.parse(newest)) newest = createdAt
    },
    read: (): CocoInfo => ({
      description: 'Labels exported by Fieldmark', version: '1.0',
      ...(newest === undefined ? {} : { year: new Date(newest).getUTCFullYear(), date_created: newest }),
      schema_hashes: [...schemas].sort(), revision_ids: revisions,
    }),
  }
}
