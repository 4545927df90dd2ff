import type { ToolChart } from '../tool.ts'
import { drawing } from './drawing.ts'
import { beginExtremes, extremes } from './extremes.ts'
import { idle } from './idle.ts'
import { pointing } from './pointing.ts'
import { beginSide, side } from './side.ts'
import type { BoxKind, BoxState } from './boxState.ts'

function boxTool(kind: BoxKind): ToolChart<BoxState> {
  return { initial: { name: 'idle' }, states: { idle: idle(kind), pointing: pointing(kind), drawing: drawing(kind), extremes, side } }
}

/** A drag goes from corner to corner; clicks mark the outermost places of the object. */
export const rectangleTool = boxTool({ kind: 'rectangle', fromBox: (box) => ({ kind: 'rectangle', ...box }), byClicks: beginExtremes })

/** A drag draws it upright, from corner to corner; clicks give one side and then the width. */
export const rotatedRectangleTool = boxTool({
  kind: 'rotatedRectangle',
  fromBox: ({ x, y, width, height }) => ({ kind: 'rotatedRectangle', cx: x + width / 2, cy: y + height / 2, width, height, rotation: 0 }),
  byClicks: beginSide,
})

export const ellipseTool = boxTool({
  kind: 'ellipse',
  fromBox: ({ x, y, width, height }) => ({ kind: 'ellipse', cx: x + width / 2, cy: y + height / 2, rx: width / 2, ry: height / 2, rotation: 0 }),
})
