import type { ToolChart } from '../tool.ts'
import { boxing } from './boxing.ts'
import { clicking } from './clicking.ts'
import { idle } from './idle.ts'
import { pointing } from './pointing.ts'
import type { SkeletonState } from './skeletonState.ts'

/** A drag stretches the default layout over a box; clicks place the keypoints one by one. */
export const skeletonTool: ToolChart<SkeletonState> = { initial: { name: 'idle' }, states: { idle, pointing, boxing, clicking } }
