import type { ToolChart } from '../../tool.ts'
import { adjusting } from './adjusting.ts'
import { idle } from './idle.ts'
import { proposed } from './proposed.ts'
import type { WandState } from './wandState.ts'

export const magicWandTool: ToolChart<WandState> = { initial: { name: 'idle' }, states: { idle, adjusting, proposed } }
