import type { ToolChart } from '../tool.ts'
import { idle } from './idle.ts'
import { measuring } from './measuring.ts'
import type { RulerState } from './rulerState.ts'

/** Measures lengths and angles. What it lays over the image stays until the next line, Escape or another tool, and is no label. */
export const rulerTool: ToolChart<RulerState> = { initial: { name: 'idle' }, states: { idle, measuring } }
