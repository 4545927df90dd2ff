import { boxOfBoxes } from '../geometry/box.ts'
import type { Size } from '../geometry/box.ts'
import { emptyDiff } from '../diff/recordsDiff.ts'
import { geometryBounds } from '../geometry/measure.ts'
import { clampMove, moveGeometry } from '../geometry/transform.ts'
import { freshGroups } from './freshGroups.ts'
import type { DraftDiff, DraftRecord, ImageTags, Rejection } from './draft.ts'
import type { AttributeId, Instant, ShapeId, TagId, UserId } from './ids.ts'
import type { AttributeDefinition, AttributeValue, LabelClass } from './labelSchema.ts'
import { editedProvenance, predictionBehind } from './shape.ts'
import type { Assistant, Provenance, Shape, ShapeGeometry } from './shape.ts'

/** The records of a draft by id. Operations read it and answer the diff that they would make; they never change it. */
export type Draft = ReadonlyMap<string, DraftRecord>

/** Who acts and when, and where fresh ids come from. */
export interface Authorship { readonly user: UserId; readonly at: Instant; readonly newId: () => ShapeId }

/** The shapes of a draft, or of a list of records, from the bottom of the stack to its top. */
export function shapesOf(draft: { values(): Iterable<DraftRecord> }): Shape[] {
  const shapes: Shape[] = []
  for (const record of draft.values()) if (record.type === 'shape') shapes.push(record)
  return shapes.sort(compareInStack)
}

/** Tells which of two shapes is nearer to the bottom of the stack, as `sort` wants it; equal orders fall by id. */
export function compareInStack(a: Pick<Shape, 'id' | 'order'>, b: Pick<Shape, 'id' | 'order'>): number {
  return a.order - b.order || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** The `order` for a shape that goes on top of all others. */
export function topOrder(draft: Draft): number {
  let top = 0
  draft.forEach((record) => { if (record.type === 'shape') top = Math.max(top, record.order) })
  return top + 1
}

/** Adds a shape drawn by hand, on top of the stack, with the defaults of its class. */
export function addShape(draft: Draft, labelClass: LabelClass, geometry: ShapeGeometry, by: Authorship): { diff: DraftDiff; shape: Shape } {
  const shape = newShape(labelClass, geometry, { source: 'human' }, topOrder(draft), by)
  return { diff: { ...emptyDiff<DraftRecord>(), added: { [shape.id]: shape } }, shape }
}

/** Adds what a tool proposed and a person accepted, on top of the stack, with the defaults of the class. */
export function addAssisted(draft: Draft, labelClass: LabelClass, geometries: readonly ShapeGeometry[], assistant: Assistant, by: Authorship): DraftDiff {
  const top = topOrder(draft)
  const shapes = geometries.map((geometry, index) => newShape(labelClass, geometry, { source: 'assisted', assistant }, top + index, by))
  return { ...emptyDiff<DraftRecord>(), added: Object.fromEntries(shapes.map((shape) => [shape.id, shape])) }
}

/** Gives shapes new geometries. */
export function updateGeometry(draft: Draft, changes: ReadonlyMap<ShapeId, ShapeGeometry>): DraftDiff {
  return updateShapes(draft, [...changes.keys()], (shape) => {
    const geometry = changes.get(shape.id)
    return geometry === undefined || geometry === shape.geometry ? shape : { ...shape, geometry, provenance: editedProvenance(shape.provenance) }
  })
}

/** Deletes shapes. One that grew from a prediction leaves a rejection behind, or its prediction would be proposed again. */
export function deleteShapes(draft: Draft, ids: readonly ShapeId[]): DraftDiff {
  const diff: DraftDiff = emptyDiff()
  for (const shape of pickShapes(draft, ids)) {
    diff.removed[shape.id] = shape
    const prediction = predictionBehind(shape.provenance)
    if (prediction === undefined) continue
    const rejection = rejectionOf(prediction)
    if (!draft.has(rejection.id)) diff.added[rejection.id] = rejection
  }
  return diff
}

/** Copies shapes to the top of the stack, `offset` image pixels right and down as far as the image allows. Copies count as human work. */
export function duplicateShapes(draft: Draft, ids: readonly ShapeId[], offset: number, imageSize: Size, by: Authorship): DraftDiff {
  const diff: DraftDiff = emptyDiff()
  const shapes = pickShapes(draft, ids).sort((a, b) => a.order - b.order)
  const bounds = boxOfBoxes(shapes.map((shape) => geometryBounds(shape.geometry)))
  if (bounds === undefined) return diff
  const delta = clampMove(bounds, [offset, offset], imageSize)
  const top = topOrder(draft)
  const inFreshGroup = freshGroups(by.newId)
  shapes.forEach((shape, index) => {
    const copy: Shape = {
      ...inFreshGroup(shape), id: by.newId(), geometry: moveGeometry(shape.geometry, delta), order: top + index,
      provenance: { source: 'human' }, createdBy: by.user, createdAt: by.at,
    }
    diff.added[copy.id] = copy
  })
  return diff
}

/** Puts shapes into another class. Attributes that the class knows stay; the others make room for its defaults. */
export function relabel(draft: Draft, ids: readonly ShapeId[], labelClass: LabelClass): DraftDiff {
  return updateShapes(draft, ids, (shape) => (shape.classId === labelClass.id ? shape : {
    ...shape, classId: labelClass.id, attributes: attributesFor(labelClass, shape.attributes), provenance: editedProvenance(shape.provenance),
  }))
}

/** Sets one attribute of shapes; undefined takes it away. */
export function setAttribute(draft: Draft, ids: readonly ShapeId[], attribute: AttributeId, value: AttributeValue | undefined): DraftDiff {
  return updateShapes(draft, ids, (shape) => {
    if (shape.attributes[attribute] === value) return shape
    const { [attribute]: _, ...others } = shape.attributes
    const attributes: Shape['attributes'] = value === undefined ? others : { ...others, [attribute]: value }
    return { ...shape, attributes, provenance: editedProvenance(shape.provenance) }
  })
}

/** The tags of the whole image. */
export function imageTagsOf(draft: Draft): readonly TagId[] {
  const record = draft.get('image-tags')
  return record?.type === 'imageTags' ? record.tags : []
}

/** Sets the tags of the whole image. */
export function setImageTags(draft: Draft, tags: readonly TagId[]): DraftDiff {
  const before = draft.get('image-tags')
  const after: ImageTags = { type: 'imageTags', id: 'image-tags', tags: [...new Set(tags)] }
  if (after.tags.join('\n') === imageTagsOf(draft).join('\n')) return emptyDiff()
  if (before === undefined) return { ...emptyDiff<DraftRecord>(), added: { [after.id]: after } }
  return { ...emptyDiff<DraftRecord>(), updated: { [after.id]: [before, after] } }
}

/** Moves shapes to the front or the back of the stack, or past the next one in it; among each other they keep their order. */
export function reorder(draft: Draft, ids: readonly ShapeId[], to: 'front' | 'back' | 'forward' | 'backward'): DraftDiff {
  const stack = shapesOf(draft)
  const moving = new Set(ids)
  if (to === 'forward' || to === 'backward') return stepInStack(draft, stack, moving, to === 'forward' ? 1 : -1)
  const chosen = stack.filter((shape) => moving.has(shape.id))
  const first = to === 'front' ? topOrder(draft) : (stack[0]?.order ?? 0) - chosen.length
  const orders = new Map(chosen.map((shape, index) => [shape.id, first + index]))
  return updateShapes(draft, ids, (shape) => ({ ...shape, order: orders.get(shape.id) ?? shape.order }))
}

/** Lets each shape that moves change places with the next one that does not. */
function stepInStack(draft: Draft, stack: readonly Shape[], moving: ReadonlySet<ShapeId>, step: 1 | -1): DraftDiff {
  const next = step === 1 ? stack.toReversed() : [...stack]
  for (let at = 1; at < next.length; at += 1) {
    const [ahead, shape] = [next[at - 1], next[at]]
    if (shape === undefined || ahead === undefined || !moving.has(shape.id) || moving.has(ahead.id)) continue
    next[at - 1] = shape
    next[at] = ahead
  }
  if (step === 1) next.reverse()
  const distinct = stack.every(({ order }, index) => index === 0 || order > (stack[index - 1]?.order ?? -Infinity))
  const orders = new Map(next.map(({ id }, index) => [id, distinct ? stack[index]?.order ?? index : index]))
  return updateShapes(draft, [...orders.keys()], (shape) => {
    const order = orders.get(shape.id) ?? shape.order
    return order === shape.order ? shape : { ...shape, order }
  })
}

/** The annotator's no to a predicted shape, as a record. */
export function rejectionOf(from: Pick<Rejection, 'predictionId' | 'predictedShapeId'>): Rejection {
  const { predictionId, predictedShapeId } = from
  return { type: 'rejection', id: `rejection:${predictedShapeId}`, predictionId, predictedShapeId }
}

function pickShapes(draft: Draft, ids: readonly ShapeId[]): Shape[] {
  return [...new Set(ids)].flatMap((id) => {
    const record = draft.get(id)
    return record?.type === 'shape' ? [record] : []
  })
}

/** The diff that changes shapes one by one; a shape that comes back the same stays out of it. */
export function updateShapes(draft: Draft, ids: readonly ShapeId[], change: (shape: Shape) => Shape): DraftDiff {
  const diff: DraftDiff = emptyDiff()
  for (const before of pickShapes(draft, ids)) {
    const after = change(before)
    if (after !== before) diff.updated[before.id] = [before, after]
  }
  return diff
}

function newShape(labelClass: LabelClass, geometry: ShapeGeometry, provenance: Provenance, order: number, by: Authorship): Shape {
  return {
    type: 'shape', id: by.newId(), classId: labelClass.id, geometry, attributes: attributesFor(labelClass, {}),
    provenance, order, createdBy: by.user, createdAt: by.at,
  }
}

/** The attributes of a shape that comes into a class: those that fit it stay, its defaults fill the rest. */
export function attributesFor(labelClass: LabelClass, current: Shape['attributes']): Shape['attributes'] {
  const attributes: Shape['attributes'] = {}
  for (const definition of labelClass.attributes) {
    const value = current[definition.id]
    const kept = value !== undefined && fits(definition, value) ? value : definition.default
    if (kept !== undefined) attributes[definition.id] = kept
  }
  return attributes
}

function fits(definition: AttributeDefinition, value: AttributeValue): boolean {
  if (definition.type === 'enum') return typeof value === 'string' && definition.options.includes(value)
  if (definition.type === 'text') return typeof value === 'string' && value.length <= definition.maxLength
  return typeof value === definition.type
}
