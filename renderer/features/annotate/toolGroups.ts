import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import { hasUseFor } from '../../editor/store/toolUse.ts'
import type { ToolId } from '../../editor/store/state.ts'

/** A tool, or what stands among them: whether outlines snap. */
export type ToolBarItem = ToolId | 'magnetic'

export const TOOL_GROUPS = [
  { name: 'select', items: ['select'] },
  { name: 'boxes', items: ['rectangle', 'rotatedRectangle', 'ellipse'] },
  { name: 'outlines', items: ['polygon', 'polyline', 'hole', 'knife', 'redraw', 'magnetic'] },
  { name: 'points', items: ['point', 'skeleton'] },
  { name: 'masks', items: ['brush', 'eraser', 'fill'] },
  { name: 'assisted', items: ['magicWand', 'grabCut', 'scissors', 'segmentAnything'] },
  { name: 'measure', items: ['ruler'] },
] as const satisfies readonly { name: string; items: readonly ToolBarItem[] }[]

/** The groups with what a label schema has a use for; those left empty are left out. */
export function shownGroups(schema: Pick<LabelSchema, 'classes'>): { name: (typeof TOOL_GROUPS)[number]['name']; items: ToolBarItem[] }[] {
  const isShown = (item: ToolBarItem) => hasUseFor(schema, item === 'magnetic' ? 'knife' : item)
  return TOOL_GROUPS.map(({ name, items }) => ({ name, items: items.filter(isShown) })).filter(({ items }) => items.length > 0)
}
