import { z } from 'zod'
import { boxesMeet } from '../geometry/box.ts'
import type { Size } from '../geometry/box.ts'
import { geometryBounds, isEmptyGeometry, isWithinImage } from '../geometry/measure.ts'
import { assertNever } from './assertNever.ts'
import { classAllows } from './classAllows.ts'
import type { DraftRecord } from './draft.ts'
import type { AttributeDefinition, AttributeValue, LabelClass, LabelSchema } from './labelSchema.ts'
import type { Shape, ShapeGeometry } from './shape.ts'

/** Pixels by which a shape may stand over the edge of the image: rounding, not a mistake. */
const EDGE_TOLERANCE = 0.5

/** One rule of the label schema that a draft breaks; `subject` names the class, attribute, tag or kind that is meant; `rule` is translated by the window. */
export const ViolationSchema = z.object({
  rule: z.enum(['unknownClass', 'kindNotAllowed', 'attributeRequired', 'attributeInvalid', 'unknownAttribute', 'unknownTag', 'emptyShape', 'outsideImage', 'wrongKeypoints']),
  shapeId: z.string().optional(),
  subject: z.string(),
})
export type Violation = z.infer<typeof ViolationSchema>

/** Every rule of `schema` that the records of a draft break, in the order of the records; an empty list means that it can be submitted. `image` in pixels. */
export function validateDraft(records: readonly DraftRecord[], schema: LabelSchema, image: Size): Violation[] {
  const classes = new Map<string, LabelClass>(schema.classes.map((each) => [each.id, each]))
  const tags = new Set<string>(schema.imageTags.map(({ id }) => id))
  return records.flatMap((record): Violation[] => {
    switch (record.type) {
      case 'shape': return validateShape(record, classes.get(record.classId), image)
      case 'imageTags': return record.tags.filter((tag) => !tags.has(tag)).map((tag) => ({ rule: 'unknownTag', subject: tag }))
      case 'rejection': return []
      default: return assertNever(record, 'draft record')
    }
  })
}

function validateShape(shape: Shape, labelClass: LabelClass | undefined, image: Size): Violation[] {
  const { geometry, id: shapeId } = shape
  const found: Violation[] = geometryFaults(geometry, image, labelClass?.name ?? shape.classId).map((fault) => ({ ...fault, shapeId }))
  if (labelClass === undefined) return [{ rule: 'unknownClass', shapeId, subject: shape.classId }, ...found]
  if (!labelClass.kinds.includes(geometry.kind)) found.push({ rule: 'kindNotAllowed', shapeId, subject: geometry.kind })
  else if (!classAllows(labelClass, geometry)) found.push({ rule: 'wrongKeypoints', shapeId, subject: labelClass.name })
  const defined = new Set<string>(labelClass.attributes.map(({ id }) => id))
  for (const definition of labelClass.attributes) {
    const value = shape.attributes[definition.id]
    if (isMissing(value)) {
      if (definition.required) found.push({ rule: 'attributeRequired', shapeId, subject: definition.name })
    } else if (!fits(definition, value)) found.push({ rule: 'attributeInvalid', shapeId, subject: definition.name })
  }
  for (const id of Object.keys(shape.attributes)) if (!defined.has(id)) found.push({ rule: 'unknownAttribute', shapeId, subject: id })
  return found
}

/** A mask whose runs cannot be read labels nothing. */
function geometryFaults(geometry: ShapeGeometry, image: Size, subject: string): Violation[] {
  try {
    if (!isOnImage(geometry, image)) return [{ rule: 'outsideImage', subject }]
    return isEmptyGeometry(geometry) ? [{ rule: 'emptyShape', subject }] : []
  } catch (error) {
    if (error instanceof RangeError) return [{ rule: 'emptyShape', subject }]
    throw error
  }
}

/** Turned shapes may stand over the edge with a corner that marks nothing; a mask is laid over the whole image, pixel by pixel. */
function isOnImage(geometry: ShapeGeometry, image: Size): boolean {
  switch (geometry.kind) {
    case 'rotatedRectangle':
    case 'ellipse': return boxesMeet(geometryBounds(geometry), { x: 0, y: 0, ...image })
    case 'mask': return geometry.rle.size[0] === image.height && geometry.rle.size[1] === image.width
    case 'rectangle':
    case 'polygon':
    case 'polyline':
    case 'point':
    case 'skeleton': return isWithinImage(geometry, image, EDGE_TOLERANCE)
    default: return assertNever(geometry, 'geometry')
  }
}

function isMissing(value: AttributeValue | undefined): value is undefined | '' {
  return value === undefined || value === ''
}

function fits(definition: AttributeDefinition, value: AttributeValue): boolean {
  switch (definition.type) {
    case 'boolean': return typeof value === 'boolean'
    case 'enum': return typeof value === 'string' && definition.options.includes(value)
    case 'number': return typeof value === 'number' && value >= (definition.min ?? -Infinity) && value <= (definition.max ?? Infinity)
    case 'text': return typeof value === 'string' && value.length <= definition.maxLength
    default: return assertNever(definition, 'attribute')
  }
}
