import type { ToolChart } from '../tool.ts'
import { idle } from './idle.ts'
import type { FillState } from './fillState.ts'

/** Fills by one click what a mask encloses. */
export const fillTool: ToolChart<FillState> = { initial: { name: 'idle' }, states: { idle } }
