import { GroupIdSchema } from './ids.ts'
import type { GroupId } from './ids.ts'
import type { Shape } from './shape.ts'

/** Answers copies of shapes in groups of their own: those that were together stay together, apart from the ones that they were copied from. */
export function freshGroups(newId: () => string): <S extends Pick<Shape, 'groupId'>>(shape: S) => S {
  const fresh = new Map<GroupId, GroupId>()
  return (shape) => {
    if (shape.groupId === undefined) return shape
    const groupId = fresh.get(shape.groupId) ?? GroupIdSchema.parse(newId())
    fresh.set(shape.groupId, groupId)
    return { ...shape, groupId }
  }
}
