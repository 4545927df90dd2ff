import type { DraftDiff } from './draft.ts'
import { updateShapes } from './draftOperations.ts'
import type { Authorship, Draft } from './draftOperations.ts'
import { GroupIdSchema } from './ids.ts'
import type { ShapeId } from './ids.ts'
import type { Shape } from './shape.ts'

/** Makes one group of shapes; they leave the groups that they were in. */
export function groupShapes(draft: Draft, ids: readonly ShapeId[], by: Authorship): DraftDiff {
  const groupId = GroupIdSchema.parse(by.newId())
  return updateShapes(draft, ids, (shape) => ({ ...shape, groupId }))
}

/** Takes shapes out of their groups. */
export function ungroupShapes(draft: Draft, ids: readonly ShapeId[]): DraftDiff {
  return updateShapes(draft, ids, (shape) => (shape.groupId === undefined ? shape : withoutGroup(shape)))
}

function withoutGroup({ groupId: _, ...shape }: Shape): Shape {
  return shape
}
