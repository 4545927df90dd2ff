import type { ToolChart } from '../tool.ts'
import { brushing } from './brushing.ts'
import { draggingVertex } from './draggingVertex.ts'
import { idle } from './idle.ts'
import { lassoing } from './lassoing.ts'
import { nudging } from './nudging.ts'
import { pickingVertices } from './pickingVertices.ts'
import { pointingCanvas } from './pointingCanvas.ts'
import { pointingHandle } from './pointingHandle.ts'
import { pointingLasso } from './pointingLasso.ts'
import { pointingShape } from './pointingShape.ts'
import { resizing } from './resizing.ts'
import { rotating } from './rotating.ts'
import type { SelectState } from './selectState.ts'
import { translating } from './translating.ts'

export const selectTool: ToolChart<SelectState> = {
  initial: { name: 'idle' },
  states: { idle, pointingShape, translating, pointingHandle, resizing, rotating, draggingVertex, pickingVertices, pointingCanvas, brushing, pointingLasso, lassoing, nudging },
}
