import { emptyDiff } from '../diff/recordsDiff.ts'
import type { Size } from '../geometry/box.ts'
import { fitOnImage } from '../geometry/fitOnImage.ts'
import { classAllows } from './classAllows.ts'
import type { DraftDiff } from './draft.ts'
import { attributesFor, topOrder } from './draftOperations.ts'
import type { Authorship, Draft } from './draftOperations.ts'
import { freshGroups } from './freshGroups.ts'
import type { ClassId } from './ids.ts'
import type { LabelClass } from './labelSchema.ts'
import type { Shape } from './shape.ts'

/** What is taken of a shape to another place or task; its making is not. */
export type CopiedShape = Pick<Shape, 'classId' | 'geometry' | 'attributes' | 'groupId'>

interface Place { readonly classes: ReadonlyMap<ClassId, LabelClass>; readonly imageSize: Size }

/** What pasting does, and the classes of the shapes that it leaves out: unknown here, or not allowing shapes of this kind. */
export interface Pasting { readonly diff: DraftDiff; readonly refused: ReadonlySet<ClassId> }

/** Adds copied shapes at the top of the stack, in their order, where they were, but brought onto the image. They count as human work. */
export function pasteShapes(draft: Draft, copied: readonly CopiedShape[], { classes, imageSize }: Place, by: Authorship): Pasting {
  const diff: DraftDiff = emptyDiff()
  const refused = new Set<ClassId>()
  const inFreshGroup = freshGroups(by.newId)
  let order = topOrder(draft)
  for (const { classId, geometry, attributes, groupId } of copied) {
    const labelClass = classes.get(classId)
    if (labelClass === undefined || !classAllows(labelClass, geometry)) {
      refused.add(classId)
      continue
    }
    const shape: Shape = inFreshGroup({
      type: 'shape', id: by.newId(), classId, geometry: fitOnImage(geometry, imageSize), attributes: attributesFor(labelClass, attributes),
      provenance: { source: 'human' }, order, createdBy: by.user, createdAt: by.at, ...(groupId === undefined ? {} : { groupId }),
    })
    diff.added[shape.id] = shape
    order += 1
  }
  return { diff, refused }
}
