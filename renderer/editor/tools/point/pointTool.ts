import type { ToolChart } from '../tool.ts'
import { idle } from './idle.ts'
import { placing } from './placing.ts'
import type { PointState } from './pointState.ts'

export const pointTool: ToolChart<PointState> = { initial: { name: 'idle' }, states: { idle, placing } }
