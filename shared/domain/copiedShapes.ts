import { z } from 'zod'
import { geometryBounds } from '../geometry/measure.ts'
import type { CopiedShape } from './draftOperationsPaste.ts'
import { ClassIdSchema } from './ids.ts'
import type { ClassId } from './ids.ts'
import { ShapeSchema } from './shape.ts'

/** What the text of copied shapes begins with on the system's clipboard. */
export const COPIED_SHAPES_START = '{"format":"fieldmark.shapes/1",'

/** What was copied: the shapes, and the names of their classes, by which another schema may know them. */
export interface CopiedShapes { readonly shapes: readonly CopiedShape[]; readonly classNames: ReadonlyMap<ClassId, string> }

const TextSchema = z.object({
  format: z.literal('fieldmark.shapes/1'),
  classes: z.array(z.object({ id: ClassIdSchema, name: z.string() })).max(10_000),
  shapes: z.array(ShapeSchema.pick({ classId: true, geometry: true, attributes: true, groupId: true })).min(1).max(100_000),
})

/** Copied shapes as text; `copiedShapesOf` reads it back. */
export function copiedText({ shapes, classNames }: CopiedShapes): string {
  const classes = [...classNames].map(([id, name]) => ({ id, name }))
  return `${COPIED_SHAPES_START}${JSON.stringify({ classes, shapes }).slice(1)}`
}

/** The shapes of a text that anybody may have written; undefined when it is none of ours, or holds what cannot be read. */
export function copiedShapesOf(text: string): CopiedShapes | undefined {
  if (!text.startsWith(COPIED_SHAPES_START)) return undefined
  const parsed = TextSchema.safeParse(asJson(text))
  if (!parsed.success || !parsed.data.shapes.every(({ geometry }) => isReadable(geometry))) return undefined
  const { shapes, classes } = parsed.data
  return { shapes: shapes.map(({ groupId, ...shape }) => ({ ...shape, ...(groupId === undefined ? {} : { groupId }) })), classNames: new Map(classes.map(({ id, name }) => [id, name])) }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A mask's runs are looked into nowhere else before they are used. */
function isReadable(geometry: CopiedShape['geometry']): boolean {
  try {
    geometryBounds(geometry)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
