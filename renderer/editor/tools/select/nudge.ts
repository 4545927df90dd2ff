import { screenToImageVector } from '../../../../shared/geometry/camera.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { addPoints } from '../../../../shared/geometry/vector.ts'
import type { InputEvent } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import { movingSelection, movingVertices, previewMove } from './moving.ts'
import type { SelectState } from './selectState.ts'

/** Image pixels that one press of an arrow key moves, and with Shift. */
const STEP = 1
const LONG_STEP = 10

const DIRECTIONS: Readonly<Record<string, Point>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

export function isArrow(key: string): boolean {
  return key in DIRECTIONS
}

/** The movement that an arrow key asks for as seen on the screen, in image pixels; undefined for other keys. */
export function nudgeDelta(editor: Editor, event: Extract<InputEvent, { type: 'keyDown' }>): Point | undefined {
  const direction = DIRECTIONS[event.key]
  if (direction === undefined || event.modifiers.mod || event.modifiers.alt) return undefined
  const step = event.modifiers.shift ? LONG_STEP : STEP
  const { camera } = editor.state.getState()
  return screenToImageVector(camera, [direction[0] * step * camera.zoom, direction[1] * step * camera.zoom])
}

/** Begins to nudge the vertices in hand, else the selection; undefined when the key is no arrow or nothing may be moved. */
export function nudgeFrom(editor: Editor, event: Extract<InputEvent, { type: 'keyDown' }>): SelectState | undefined {
  const delta = nudgeDelta(editor, event)
  const moving = delta && (movingVertices(editor) ?? movingSelection(editor))
  if (delta === undefined || moving === undefined) return undefined
  const mark = editor.mark()
  previewMove(editor, moving, delta)
  return { name: 'nudging', mark, moving, delta }
}

/** Nudges on: holding a key down gathers into one edit. */
export function nudgeOn(editor: Editor, data: Extract<SelectState, { name: 'nudging' }>, delta: Point): SelectState {
  const next = { ...data, delta: addPoints(data.delta, delta) }
  previewMove(editor, data.moving, next.delta)
  return next
}
