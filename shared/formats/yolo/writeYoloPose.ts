import type { SchemaHash } from '../../domain/ids.ts'
import type { Size } from '../../geometry/box.ts'
import { geometryBounds } from '../../geometry/measure.ts'
import type { Keypoint } from '../../geometry/skeleton.ts'
import type { DatasetClass, DatasetSkeleton } from '../datasetClasses.ts'
import type { LabelledImage, LabelledShape, LeftOutShape } from '../labelledImage.ts'
import { faultOf } from '../leftOutShape.ts'
import { centreForm, cutAtEdges, dataHead, dataNames, fraction, yamlString } from './yoloParts.ts'

type PoseClass = DatasetClass & { readonly skeleton: DatasetSkeleton }

/** The classes of a data set that have keypoints, in their order: numbered from 0 by their places here. */
export function poseClassesOf(classes: readonly DatasetClass[]): PoseClass[] {
  return classes.filter(hasSkeleton)
}

function hasSkeleton(of: DatasetClass | undefined): of is PoseClass {
  return of?.skeleton !== undefined
}

/** A data set has the same number of keypoints for every class: that of the class that has most. */
function keypointCount(classes: readonly PoseClass[]): number {
  return Math.max(0, ...classes.map(({ skeleton }) => skeleton.keypoints.length))
}

/**
 * The label file of one image in YOLO's format for poses: one line for each skeleton, `class cx cy width height` and then `x y visibility` of every keypoint, in
 * fractions of the image from its top-left corner; visibility is 0 (not labelled, at 0 0), 1 (occluded) or 2 (seen), as in COCO
 * (https://docs.ultralytics.com/datasets/pose/). The box is that around the labelled keypoints, cut at the edges of the image, and so is what stands beyond them.
 * Classes with fewer keypoints than others are filled up with ones that are not labelled. Shapes that are not skeletons are left out.
 */
export function writeYoloPoseLabels(image: LabelledImage, classes: readonly DatasetClass[]): { text: string; written: number; leftOut: LeftOutShape[] } {
  const posed = poseClassesOf(classes)
  const count = keypointCount(posed)
  const lines: string[] = []
  const leftOut: LeftOutShape[] = []
  for (const shape of image.shapes) {
    const ofClass = classes[shape.category]
    const line = hasSkeleton(ofClass) ? poseOf(shape, ofClass, image, count) : { reason: 'kind' as const, kind: shape.geometry.kind }
    if (typeof line === 'string') lines.push(`${posed.findIndex((each) => each === ofClass)} ${line}\n`)
    else leftOut.push(line)
  }
  return { text: lines.join(''), written: lines.length, leftOut }
}

function poseOf(shape: LabelledShape, { skeleton }: PoseClass, image: Size, count: number): string | LeftOutShape {
  const { geometry } = shape
  const { kind } = geometry
  if (geometry.kind !== 'skeleton') return { reason: 'kind', kind }
  const reason = faultOf(shape, image) ?? (geometry.points.length === skeleton.keypoints.length ? undefined : 'keypoints')
  if (reason !== undefined) return { reason, kind }
  const box = cutAtEdges(geometryBounds(geometry), image)
  if (box.width === 0 || box.height === 0) return { reason: 'empty', kind }
  const missing = Array.from({ length: count - geometry.points.length }, () => NOT_LABELLED)
  return [centreForm(box, image), ...geometry.points.map((keypoint) => keypointOf(keypoint, image)), ...missing].join(' ')
}

const NOT_LABELLED = `${fraction(0)} ${fraction(0)} 0`

/** Training refuses whole images for a keypoint beyond their edges. */
function keypointOf({ x, y, visibility }: Keypoint, { width, height }: Size): string {
  const within = (value: number) => fraction(Math.min(1, Math.max(0, value)))
  return visibility === 0 ? NOT_LABELLED : `${within(x / width)} ${within(y / height)} ${visibility}`
}

/**
 * `data.yaml` for poses (https://docs.ultralytics.com/datasets/pose/#dataset-yaml-format): `kpt_shape` says how many keypoints there are and that each has
 * three numbers, `kpt_names` what they are called. Without `flip_idx` training does not mirror images: which keypoints change sides is not known here.
 */
export function writeYoloPoseData(classes: readonly DatasetClass[], schemaHashes: readonly SchemaHash[]): string {
  const posed = poseClassesOf(classes)
  const names = posed.map(({ skeleton }, place) => `  ${place}:\n${skeleton.keypoints.map((name) => `    - ${yamlString(name)}\n`).join('')}`).join('')
  return `${dataHead(schemaHashes)}kpt_shape: [${keypointCount(posed)}, 3]\n${dataNames(posed)}kpt_names:${posed.length === 0 ? ' {}' : ''}\n${names}`
}
