import type { DraftDiff } from '../../../shared/domain/draft.ts'
import type { ClassId, ShapeId } from '../../../shared/domain/ids.ts'
import type { LabelClass } from '../../../shared/domain/labelSchema.ts'
import type { Shape } from '../../../shared/domain/shape.ts'
import { checkShape } from '../../../shared/domain/validateDraft.ts'
import type { Violation } from '../../../shared/domain/validateDraft.ts'
import type { Size } from '../../../shared/geometry/box.ts'

/** What is wrong with shapes, by shape; those in order are left out. */
export type Problems = ReadonlyMap<ShapeId, readonly Violation[]>

/** Checks shapes as they change, and those that were there from the start a few at a time. */
export interface ProblemFinder {
  /** The problems after a change, looking only at the shapes in it; the same map when they stay as they are. */
  apply(problems: Problems, diff: DraftDiff): Problems
  /** Looks at up to `most` shapes more of those that were there from the start. */
  checkMore(problems: Problems, most: number, shapeOf: (id: ShapeId) => Shape | undefined): { problems: Problems; isDone: boolean }
}

export function createProblemFinder(shapes: readonly Shape[], classes: ReadonlyMap<ClassId, LabelClass>, image: Size): ProblemFinder {
  let next = 0
  const check = (shape: Shape) => checkShape(shape, classes.get(shape.classId), image)

  return {
    apply(problems, diff) {
      const changed = new Map(problems)
      for (const { id, type } of Object.values(diff.removed)) if (type === 'shape') changed.delete(id)
      const touched = [...Object.values(diff.added), ...Object.values(diff.updated).map(([, after]) => after)]
      for (const record of touched) if (record.type === 'shape') put(changed, record.id, check(record))
      return isSame(problems, changed) ? problems : changed
    },
    checkMore(problems, most, shapeOf) {
      const found = new Map(problems)
      const end = Math.min(shapes.length, next + most)
      for (const { id } of shapes.slice(next, end)) {
        const shape = shapeOf(id)
        if (shape !== undefined) put(found, id, check(shape))
      }
      next = end
      return { problems: isSame(problems, found) ? problems : found, isDone: next === shapes.length }
    },
  }
}

function put(problems: Map<ShapeId, readonly Violation[]>, id: ShapeId, violations: readonly Violation[]): void {
  if (violations.length === 0) problems.delete(id)
  else problems.set(id, violations)
}

function isSame(before: Problems, after: Problems): boolean {
  return before.size === after.size && [...after].every(([id, violations]) => sameRules(before.get(id), violations))
}

function sameRules(before: readonly Violation[] | undefined, after: readonly Violation[]): boolean {
  return before?.length === after.length && after.every(({ rule, subject }, index) => before[index]?.rule === rule && before[index].subject === subject)
}
