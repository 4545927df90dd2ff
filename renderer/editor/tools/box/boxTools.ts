import type { ToolChart } from '../tool.ts'
import { drawing } from './drawing.ts'
import { idle } from './idle.ts'
import { pointing } from './pointing.ts'
import type { BoxKind, BoxState } from './boxState.ts'

function boxTool(kind: BoxKind): ToolChart<BoxState> {
  return { initial: { name: 'idle' }, states: { idle: idle(kind), pointing: pointing(), drawing: drawing(kind) } }
}

export const rectangleTool = boxTool({ kind: 'rectangle', fromBox: (box) => ({ kind: 'rectangle', ...box }) })

/** Drawn upright; its handle turns it afterwards. */
export const rotatedRectangleTool = boxTool({
  kind: 'rotatedRectangle',
  fromBox: ({ x, y, width, height }) => ({ kind: 'rotatedRectangle', cx: x + width / 2, cy: y + height / 2, width, height, rotation: 0 }),
})

export const ellipseTool = boxTool({
  kind: 'ellipse',
  fromBox: ({ x, y, width, height }) => ({ kind: 'ellipse', cx: x + width / 2, cy: y + height / 2, rx: width / 2, ry: height / 2, rotation: 0 }),
})
