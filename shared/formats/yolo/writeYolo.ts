import type { SchemaHash } from '../../domain/ids.ts'
import type { Box, Size } from '../../geometry/box.ts'
import { boxAround } from '../../geometry/box.ts'
import { geometryBounds } from '../../geometry/measure.ts'
import type { DatasetClass } from '../datasetClasses.ts'
import type { LabelledImage, LabelledShape, LeftOutShape } from '../labelledImage.ts'
import { faultOf } from '../leftOutShape.ts'

/** Eight decimals are a thousandth of a pixel on an image of 100,000 pixels. */
const DECIMALS = 8

/**
 * The label file of one image in YOLO's format for detection: upright boxes, one line `class cx cy width height` each, in fractions of the image from
 * its top-left corner (https://docs.ultralytics.com/datasets/detect/). Every shape with an area becomes the box around it, cut at the edges of the image; turns, outlines,
 * attributes and where labels came from are lost. Points, polylines and skeletons are left out: they have no box, and the format for poses wants
 * the same keypoints for every class. An image labelled with nothing has an empty
 * file, which tells training that nothing is there.
 */
export function writeYoloLabels(image: LabelledImage): { text: string; written: number; leftOut: LeftOutShape[] } {
  const lines: string[] = []
  const leftOut: LeftOutShape[] = []
  for (const shape of image.shapes) {
    const box = boxOf(shape, image)
    if ('reason' in box) leftOut.push(box)
    else lines.push(`${shape.category} ${centreForm(box, image).map((value) => value.toFixed(DECIMALS)).join(' ')}\n`)
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

function cutAtEdges(box: Box, { width, height }: Size): Box {
  const left = Math.max(0, box.x)
  const top = Math.max(0, box.y)
  return { x: left, y: top, width: Math.max(0, Math.min(width, box.x + box.width) - left), height: Math.max(0, Math.min(height, box.y + box.height) - top) }
}

function centreForm(box: Box, { width, height }: Size): [number, number, number, number] {
  return [(box.x + box.width / 2) / width, (box.y + box.height / 2) / height, box.width / width, box.height / height]
}

/** The names of the classes, one a line, for tools that do not read `data.yaml`. A line break in a name becomes a space. */
export function writeYoloClasses(classes: readonly DatasetClass[]): string {
  return classes.map(({ name }) => `${name.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ')}\n`).join('')
}

/**
 * `data.yaml` as Ultralytics reads it (https://docs.ultralytics.com/datasets/detect/#ultralytics-yolo-format). Both splits name the whole: how to split
 * is for the person who trains. A comment names the label schemas, so that numbers can be traced to what they meant.
 */
export function writeYoloData(classes: readonly DatasetClass[], schemaHashes: readonly SchemaHash[]): string {
  const schemas = schemaHashes.map((hash) => `# label schema ${hash}\n`).join('')
  const names = classes.map(({ name }, place) => `  ${place}: ${yamlString(name)}\n`).join('')
  return `# Labels exported by Fieldmark\n${schemas}path: .\ntrain: images\nval: images\nnc: ${classes.length}\nnames:${classes.length === 0 ? ' {}' : ''}\n${names}`
}

/** A JSON string is a double-quoted scalar of YAML 1.2, once the characters that YAML does not print are escaped. */
function yamlString(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
