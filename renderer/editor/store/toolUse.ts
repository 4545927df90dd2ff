import type { LabelSchema, ShapeKind } from '../../../shared/domain/labelSchema.ts'
import type { ToolId } from './state.ts'

/** What assisted tools make of what they find. */
const REGIONS: readonly ShapeKind[] = ['polygon', 'mask']
/** The kinds of shape that tools which are not named by the one they draw work on or make. */
const WORKS_ON: Readonly<Partial<Record<ToolId, readonly ShapeKind[]>>> = {
  brush: ['mask'], eraser: ['mask'], fill: ['mask'], hole: ['polygon'], knife: ['polygon'], redraw: ['polygon', 'polyline'],
  magicWand: REGIONS, grabCut: REGIONS, scissors: REGIONS, segmentAnything: REGIONS,
}

/** Whether a label schema has a use for a tool: a class may have what it draws, or works on. */
export function hasUseFor({ classes }: Pick<LabelSchema, 'classes'>, tool: ToolId): boolean {
  return tool === 'select' || tool === 'ruler' || classes.some(({ kinds }) => kinds.some((kind) => kind === tool || WORKS_ON[tool]?.includes(kind)))
}
