import type { SchemaHash } from '../../domain/ids.ts'
import type { Box, Size } from '../../geometry/box.ts'
import { boxAround } from '../../geometry/box.ts'
import { geometryBounds } from '../../geometry/measure.ts'
import type { DatasetClass } from '../datasetClasses.ts'
import type { LabelledImage, LabelledShape, LeftOutShape } from '../labelledImage.ts'
import { faultOf } from '../leftOutShape.ts'
import { centreForm, cutAtEdges, dataHead, dataNames } from './yoloParts.ts'

/**
 * The label file of one image in YOLO's format for detection: upright boxes, one line `class cx cy width height` each, in fractions of the image from
 * its top-left corner (https://docs.ultralytics.com/datasets/detect/). Every shape with an area becomes the box around it, cut at the edges of the image; turns, outlines,
 * attributes and where labels came from are lost. Points, polylines and skeletons are left out: they have no box here; `writeYoloPoseLabels`
 * writes skeletons. An image labelled with nothing has an empty
 * file, which tells training that nothing is there.
 */
export function writeYoloLabels(image: LabelledImage): { text: string; written: number; leftOut: LeftOutShape[] } {
  const lines: string[] = []
  const leftOut: LeftOutShape[] = []
  for (const shape of image.shapes) {
    const box = boxOf(shape, image)
    if ('reason' in box) leftOut.push(box)
    else lines.push(`${shape.category} ${centreForm(box, image)}\n`)
  }
  return { text: lines.join(''), written: lines.length, leftOut }
}

function boxOf(shape: LabelledShape, image: Size): Box | LeftOutShape {
  const { geometry } = shape
  const { kind } = geometry
  if (geometry.kind === 'point' || geometry.kind === 'polyline' || geometry.kind === 'skeleton') return { reason: 'kind', kind }
  const reason = faultOf(shape, image)
  if (reason !== undefined) return { reason, kind }
  const box = cutAtEdges(geometry.kind === 'multiPolygon' ? boxAround(geometry.parts.flat()) : geometryBounds(geometry), image)
  return box.width > 0 && box.height > 0 ? box : { reason: 'empty', kind }
}

/** The names of the classes, one a line, for tools that do not read `data.yaml`. A line break in a name becomes a space. */
export function writeYoloClasses(classes: readonly DatasetClass[]): string {
  return classes.map(({ name }) => `${name.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ')}\n`).join('')
}

/** `data.yaml` as Ultralytics reads it (https://docs.ultralytics.com/datasets/detect/#ultralytics-yolo-format). */
export function writeYoloData(classes: readonly DatasetClass[], schemaHashes: readonly SchemaHash[]): string {
  return dataHead(schemaHashes) + dataNames(classes)
}
