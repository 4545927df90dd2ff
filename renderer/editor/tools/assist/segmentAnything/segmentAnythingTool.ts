import type { ToolChart } from '../../tool.ts'
import { idle } from './idle.ts'
import { pressing } from './pressing.ts'
import { proposed } from './proposed.ts'
import type { PromptState } from './promptState.ts'

export const segmentAnythingTool: ToolChart<PromptState> = { initial: { name: 'idle' }, states: { idle, pressing, proposed } }
