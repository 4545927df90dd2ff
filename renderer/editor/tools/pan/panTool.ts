import type { ToolChart } from '../tool.ts'
import { idle } from './idle.ts'
import { panning } from './panning.ts'
import { spaceHeld } from './spaceHeld.ts'
import type { PanState } from './panState.ts'

/** Moves the view. It sees every event before the tool in use, so that panning never interrupts a drawing. */
export const panTool: ToolChart<PanState> = { initial: { name: 'idle' }, states: { idle, spaceHeld, panning } }
