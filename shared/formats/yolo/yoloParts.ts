import type { SchemaHash } from '../../domain/ids.ts'
import type { Box, Size } from '../../geometry/box.ts'

/** Eight decimals are a thousandth of a pixel on an image of 100,000 pixels. */
const DECIMALS = 8

/** A fraction of the image as label files have it. */
export function fraction(value: number): string {
  return value.toFixed(DECIMALS)
}

/** The part of a box (pixels) that lies on an image of `size`; of zero size where none does. */
export function cutAtEdges(box: Box, { width, height }: Size): Box {
  const left = Math.max(0, box.x)
  const top = Math.max(0, box.y)
  return { x: left, y: top, width: Math.max(0, Math.min(width, box.x + box.width) - left), height: Math.max(0, Math.min(height, box.y + box.height) - top) }
}

/** `cx cy width height` of a box, in fractions of the image from its top-left corner. */
export function centreForm(box: Box, { width, height }: Size): string {
  return [(box.x + box.width / 2) / width, (box.y + box.height / 2) / height, box.width / width, box.height / height].map(fraction).join(' ')
}

/** The lines with which every `data.yaml` begins. Both splits name the whole: how to split is for the person who trains. A comment names the label schemas, so that numbers can be traced to what they meant. */
export function dataHead(schemaHashes: readonly SchemaHash[]): string {
  return `# Labels exported by Fieldmark\n${schemaHashes.map((hash) => `# label schema ${hash}\n`).join('')}path: .\ntrain: images\nval: images\n`
}

/** The names of the classes by their numbers, as `data.yaml` has them. */
export function dataNames(classes: readonly { readonly name: string }[]): string {
  const names = classes.map(({ name }, place) => `  ${place}: ${yamlString(name)}\n`).join('')
  return `nc: ${classes.length}\nnames:${classes.length === 0 ? ' {}' : ''}\n${names}`
}

/** A JSON string is a double-quoted scalar of YAML 1.2, once the characters that YAML does not print are escaped. */
export function yamlString(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
