import { z } from 'zod'
import { boxesMeet } from '../geometry/box.ts'
import type { Size } from '../geometry/box.ts'
import { geometryBounds, isEmptyGeometry, isWithinImage } from '../geometry/measure.ts'
import { selfIntersections } from '../geometry/selfIntersections.ts'
import { assertNever } from './assertNever.ts'
import { classAllows } from './classAllows.ts'
import type { DraftRecord } from './draft.ts'
import type { AttributeDefinition, AttributeValue, LabelClass, LabelSchema } from './labelSchema.ts'
import type { Shape, ShapeGeometry } from './shape.ts'

/** Pixels by which a shape may stand over the edge of the image: rounding, not a mistake. */
const EDGE_TOLERANCE = 0.5

/** One rule that a draft breaks; `subject` names the class, attribute, tag or kind that is meant; `rule` is translated by the window. */
export const ViolationSchema = z.object({
  rule: z.enum([
    'unknownClass', 'kindNotAllowed', 'attributeRequired', 'attributeInvalid', 'unknownAttribute', 'unknownTag', 'emptyShape', 'outsideImage', 'wrongKeypoints',
    'tooSmall', 'selfIntersection',
  ]),
  shapeId: z.string().optional(),
  subject: z.string(),
})
export type Violation = z.infer<typeof ViolationSchema>

/** Whether a violation is only worth a look: what training code makes of a polygon that crosses itself differs, but no schema forbids it. */
export function isWarning({ rule }: Violation): boolean {
  return rule === 'selfIntersection'
}

/** Every rule of `schema` that the records of a draft break, in the order of the records; an empty list means that it can be submitted. `image` in pixels. */
export function validateDraft(records: readonly DraftRecord[], schema: LabelSchema, image: Size): Violation[] {
  const classes = new Map<string, LabelClass>(schema.classes.map((each) => [each.id, each]))
  const tags = new Set<string>(schema.imageTags.map(({ id }) => id))
  return records.flatMap((record): Violation[] => {
    switch (record.type) {
      case 'shape': return checkShape(record, classes.get(record.classId), image).filter((violation) => !isWarning(violation))
      case 'imageTags': return record.tags.filter((tag) => !tags.has(tag)).map((tag) => ({ rule: 'unknownTag', subject: tag }))
      case 'rejection': return []
      default: return assertNever(record, 'draft record')
    }
  })
}

/** Everything that is wrong with one shape of a class (undefined: the schema does not have it) on an image of `image` pixels, warnings included. */
export function checkShape(shape: Shape, labelClass: LabelClass | undefined, image: Size): Violation[] {
  const { geometry, id: shapeId } = shape
  const subject = labelClass?.name ?? shape.classId
  const found = geometryFaults(geometry, image, labelClass?.minSize ?? 0).map((rule): Violation => ({ rule, shapeId, subject }))
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

/** What is wrong with a geometry whatever its attributes; `minSize` in pixels. A mask whose runs cannot be read labels nothing. */
export function geometryFaults(geometry: ShapeGeometry, image: Size, minSize: number): Violation['rule'][] {
  try {
    if (!isOnImage(geometry, image)) return ['outsideImage']
    if (isEmptyGeometry(geometry)) return ['emptyShape']
    const faults: Violation['rule'][] = isTooSmall(geometry, minSize) ? ['tooSmall'] : []
    return geometry.kind === 'polygon' && selfIntersections(geometry.rings).length > 0 ? [...faults, 'selfIntersection'] : faults
  } catch (error) {
    if (error instanceof RangeError) return ['emptyShape']
    throw error
  }
}

/** A point has no size, and a line is as long as its longer side. */
function isTooSmall(geometry: ShapeGeometry, minSize: number): boolean {
  if (minSize === 0 || geometry.kind === 'point') return false
  const { width, height } = geometryBounds(geometry)
  return (geometry.kind === 'polyline' ? Math.max(width, height) : Math.min(width, height)) < minSize
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
