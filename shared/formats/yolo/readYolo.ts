import { z } from 'zod'
import type { Size } from '../../geometry/box.ts'
import { FormatError } from '../formatError.ts'
import type { LabelledShape } from '../labelledImage.ts'

const decimal = z.string().regex(/^\d+(\.\d+)?(e[+-]?\d+)?$/i, 'not a plain number').transform(Number)
const fraction = decimal.pipe(z.number().max(1))
const LineSchema = z.tuple([z.string().regex(/^\d+$/, 'not a class number').transform(Number), fraction, fraction, fraction, fraction])

/**
 * The boxes of a label file in YOLO's format for detection (https://docs.ultralytics.com/datasets/detect/), as rectangles on an image of `size` pixels.
 * @throws FormatError that names the line, for anything else: lines of segmentation, oriented boxes or results have more numbers.
 */
export function readYoloLabels(text: string, size: Size, classCount: number): LabelledShape[] {
  return text.split(/\r?\n/).flatMap((line, index): LabelledShape[] => {
    if (line.trim() === '') return []
    const fields = LineSchema.safeParse(line.trim().split(/\s+/))
    if (!fields.success) throw new FormatError(`Line ${index + 1} is not a box: ${z.prettifyError(fields.error)}`)
    const [category, cx, cy, width, height] = fields.data
    if (category >= classCount) throw new FormatError(`Line ${index + 1} is of class ${category}, but there are ${classCount}`)
    const geometry = {
      kind: 'rectangle' as const,
      x: (cx - width / 2) * size.width, y: (cy - height / 2) * size.height, width: width * size.width, height: height * size.height,
    }
    return [{ category, geometry, attributes: {} }]
  })
}

/** The names of the classes in `classes.txt`, in the order of their numbers. */
export function readYoloClasses(text: string): string[] {
  return text.split(/\r?\n/).slice(0, -1)
}
