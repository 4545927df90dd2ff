import type { ToolChart } from '../../tool.ts'
import { finishing } from './finishing.ts'
import { idle } from './idle.ts'
import { tracing } from './tracing.ts'
import type { WireState } from './wireState.ts'

export const scissorsTool: ToolChart<WireState> = { initial: { name: 'idle' }, states: { idle, tracing, finishing } }
