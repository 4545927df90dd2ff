import type { LabelSchema, ShapeKind } from '../../../shared/domain/labelSchema.ts'
import type { ToolId } from './state.ts'

/** The kinds of shape that tools which draw none of their own work on. */
const WORKS_ON: Readonly<Partial<Record<ToolId, readonly ShapeKind[]>>> = {
  brush: ['mask'], eraser: ['mask'], fill: ['mask'], hole: ['polygon'], knife: ['polygon'], redraw: ['polygon', 'polyline'],
}

/** Whether a label schema has a use for a tool: a class may have what it draws, or works on. */
export function hasUseFor({ classes }: Pick<LabelSchema, 'classes'>, tool: ToolId): boolean {
  return tool === 'select' || classes.some(({ kinds }) => kinds.some((kind) => kind === tool || WORKS_ON[tool]?.includes(kind)))
}
