import type { ToolChart } from '../../tool.ts'
import { boxing } from './boxing.ts'
import type { CutState } from './cutState.ts'
import { idle } from './idle.ts'
import { proposed } from './proposed.ts'
import { stroking } from './stroking.ts'

export const grabCutTool: ToolChart<CutState> = { initial: { name: 'idle' }, states: { idle, boxing, proposed, stroking } }
