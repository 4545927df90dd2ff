import { ClassIdSchema, ShapeIdSchema, type ShapeId } from '../../../shared/domain/ids.ts'
import { LabelSchemaSchema, SHAPE_KINDS, type LabelSchema } from '../../../shared/domain/labelSchema.ts'
import type { Shape } from '../../../shared/domain/shape.ts'
import type { DifferenceEntry } from '../../../shared/rpc/differenceEntries.ts'
import type { Compared } from './compared.ts'

/** Whose a shape is: in both contents alike, or in one. */
export type Side = 'same' | 'from' | 'to'

/** Apart from each other for colour-blind eyes too (Okabe and Ito, https://jfly.uni-koeln.de/color/). */
export const SIDE_COLORS: Readonly<Record<Side, string>> = { same: '#8f9297', from: '#0072b2', to: '#e69f00' }

/**
 * Two contents as pictures: both over each other, and each alone. They share ids, so that a difference is found in each. The classes of `schema` have the
 * colours of the sides and the names of the real ones.
 */
export interface Pictures {
  readonly both: readonly Shape[]
  readonly from: readonly Shape[]
  readonly to: readonly Shape[]
  readonly schema: LabelSchema
  /** How many shapes are in both alike. */
  readonly same: number
  idsOf(entry: DifferenceEntry): ShapeId[]
}

interface Placed { readonly side: Side; readonly shape: Shape }

/** The contents may use classes that the label schema does not have. */
export function picturesOf({ from, to, schema }: Compared, entries: readonly DifferenceEntry[]): Pictures {
  const classes = classesOfSides(schema)
  const byShape = new Map<Shape, ShapeId>()
  const placed: Placed[] = []
  const place = (shape: Shape, side: Side) => {
    const id = ShapeIdSchema.parse(`${side}-${placed.length}`)
    byShape.set(shape, id)
    // Attributes are compared in the list; on the image they would be checked against a schema that has none.
    placed.push({ side, shape: { ...shape, id, classId: classes.idFor(shape, side), attributes: {}, order: placed.length } })
  }
  const [differsFrom, differsTo] = [new Set(entries.map(({ before }) => before)), new Set(entries.map(({ after }) => after))]
  for (const shape of from.content.shapes) if (!differsFrom.has(shape)) place(shape, 'same')
  const same = placed.length
  for (const shape of from.content.shapes) if (differsFrom.has(shape)) place(shape, 'from')
  for (const shape of to.content.shapes) if (differsTo.has(shape)) place(shape, 'to')
  const without = (side: Side) => placed.flatMap((each) => (each.side === side ? [] : [each.shape]))
  return {
    both: placed.map(({ shape }) => shape), from: without('to'), to: without('from'), schema: classes.schema(), same,
    idsOf: ({ before, after }) => [before, after].flatMap((shape) => (shape === undefined ? [] : byShape.get(shape) ?? [])),
  }
}

/** Classes for every class and side that is asked for. Ids of servers may be as long as an id may be, so they are numbered. */
function classesOfSides(schema: LabelSchema) {
  const numbers = new Map<string, number>(schema.classes.map(({ id }, index) => [id, index]))
  const made = new Map<string, LabelSchema['classes'][number]>()
  const idFor = ({ classId }: Shape, side: Side) => {
    const number = numbers.get(classId) ?? numbers.size
    numbers.set(classId, number)
    const id = ClassIdSchema.parse(`${side}-${number}`)
    const { name = classId, skeleton } = schema.classes[number] ?? {}
    const kinds = SHAPE_KINDS.filter((kind) => kind !== 'skeleton' || skeleton !== undefined)
    if (!made.has(id)) made.set(id, { id, name, color: SIDE_COLORS[side], kinds, attributes: [], ...(skeleton && { skeleton }) })
    return id
  }
  const none = { id: 'none', name: '-', color: SIDE_COLORS.same, kinds: ['rectangle'] }
  return { idFor, schema: () => LabelSchemaSchema.parse({ ...schema, imageTags: [], classes: made.size === 0 ? [none] : [...made.values()] }) }
}
