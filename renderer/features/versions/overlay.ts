import { compareVersions, type ShapeAspect, type VersionComparison, type VersionContent } from '../../../shared/domain/compareVersions.ts'
import { ClassIdSchema, ShapeIdSchema, type ShapeId } from '../../../shared/domain/ids.ts'
import { LabelSchemaSchema, SHAPE_KINDS, type LabelSchema } from '../../../shared/domain/labelSchema.ts'
import type { Shape } from '../../../shared/domain/shape.ts'

/** Whose a shape is: in both versions alike, or in one. */
export type Side = 'same' | 'mine' | 'theirs'

/** Apart from each other for colour-blind eyes too (Okabe and Ito, https://jfly.uni-koeln.de/color/). */
export const SIDE_COLORS: Readonly<Record<Side, string>> = { same: '#8f9297', mine: '#0072b2', theirs: '#e69f00' }

/** One difference, with its shapes on the image. */
export type Difference =
  | { kind: 'onlyMine' | 'onlyTheirs'; ids: readonly ShapeId[]; className: string }
  | { kind: 'changed'; ids: readonly ShapeId[]; className: string; aspects: readonly ShapeAspect[] }

/** Two versions as one picture: shapes by side, in a label schema whose classes have the colours of the sides and the names of the real ones. */
export interface Overlay {
  readonly shapes: readonly Shape[]
  readonly schema: LabelSchema
  readonly differences: readonly Difference[]
  readonly comparison: VersionComparison
}

/** Lays two versions over each other. Both may use classes that the schema does not have. */
export function overlayOf(mine: VersionContent, theirs: VersionContent, schema: LabelSchema): Overlay {
  const comparison = compareVersions(mine, theirs)
  const names = new Map<string, string>(schema.classes.map(({ id, name }) => [id, name]))
  const nameOf = ({ classId }: Shape) => names.get(classId) ?? classId
  const classes = new Map<string, { id: string; name: string; color: string; skeleton: unknown }>()
  const shapes: Shape[] = []
  const numbers = new Map<string, number>(schema.classes.map(({ id }, index) => [id, index]))
  const numberOf = (classId: string) => {
    const number = numbers.get(classId) ?? numbers.size
    numbers.set(classId, number)
    return number
  }
  const place = (shape: Shape, side: Side): ShapeId => {
    // Ids of servers may be as long as an id may be, so a prefix would not do.
    const number = numberOf(shape.classId)
    const classId = ClassIdSchema.parse(`${side}-${number}`)
    classes.set(classId, { id: classId, name: nameOf(shape), color: SIDE_COLORS[side], skeleton: schema.classes[number]?.skeleton })
    const id = ShapeIdSchema.parse(`${side}-${shapes.length}`)
    // Its attributes are compared in the list; on the image they would be checked against a schema that has none.
    shapes.push({ ...shape, id, classId, attributes: {}, order: shapes.length })
    return id
  }
  for (const shape of comparison.same) place(shape, 'same')
  const differences: Difference[] = [
    ...comparison.removed.map((shape): Difference => ({ kind: 'onlyMine', ids: [place(shape, 'mine')], className: nameOf(shape) })),
    ...comparison.added.map((shape): Difference => ({ kind: 'onlyTheirs', ids: [place(shape, 'theirs')], className: nameOf(shape) })),
    ...comparison.changed.map(({ before, after, aspects }): Difference => ({
      kind: 'changed', aspects, ids: [place(before, 'mine'), place(after, 'theirs')],
      className: before.classId === after.classId ? nameOf(before) : `${nameOf(before)} → ${nameOf(after)}`,
    })),
  ]
  const none = { id: 'same-none', name: '-', color: SIDE_COLORS.same, skeleton: undefined }
  const overlaySchema = LabelSchemaSchema.parse({
    ...schema, imageTags: [],
    classes: (classes.size === 0 ? [none] : [...classes.values()]).map(({ skeleton, ...each }) => ({ ...each, kinds: SHAPE_KINDS.filter((kind) => kind !== 'skeleton' || skeleton !== undefined), ...(skeleton !== undefined && { skeleton }) })),
  })
  return { shapes, schema: overlaySchema, differences, comparison }
}
