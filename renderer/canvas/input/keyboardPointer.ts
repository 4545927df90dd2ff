import { imageToScreen, screenToImage } from '../../../shared/geometry/camera.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import type { InputEvent } from '../../editor/input/inputEvent.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { isDrawnByClicks } from '../../editor/tools/toolbox.ts'
import { NO_PEN } from './pointer.ts'

/** CSS pixels that one press of an arrow key moves the pointer: usually, with Shift, and with Alt. */
const STEP = 10
const FINE_STEP = 1
const LONG_STEP = 60

const DIRECTIONS: Readonly<Record<string, Point>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

type Keys = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>

/** Draws without a mouse: arrow keys move the pointer of a drawing tool, Enter presses it. */
export interface KeyboardPointer {
  /** Presses on Enter; false when the key is not for the pointer. */
  press(event: Keys): boolean
  /** Moves by an arrow key; false when the key is not for the pointer. */
  move(event: Keys): boolean
  /** The pointer is moved by hand again. */
  release(): void
}

/** A tool that draws by dragging is pressed by one Enter and let go by the next; one that draws by clicks takes each Enter as a click, until one comes without a movement. */
export function createKeyboardPointer(editor: Editor): KeyboardPointer {
  let moved = false
  let isDown = false

  const dispatch = (type: 'pointerDown' | 'pointerMove' | 'pointerUp', screen: Point) => {
    const place = { point: screenToImage(editor.state.getState().camera, screen), screen, modifiers: NO_MODIFIERS, coarse: false, ...NO_PEN }
    editor.dispatch(type === 'pointerMove' ? { type, ...place } : { type, ...place, button: 'primary' } satisfies InputEvent)
  }
  const pressAt = (screen: Point) => {
    moved = false
    if (isDrawnByClicks(editor.state.getState().tool)) {
      dispatch('pointerDown', screen)
      dispatch('pointerUp', screen)
      return
    }
    dispatch(isDown ? 'pointerUp' : 'pointerDown', screen)
    isDown = !isDown && editor.state.getState().toolState !== 'idle'
  }

  return {
    press(event) {
      if (event.key !== 'Enter' || !isForDrawing(editor, event) || (!moved && !isDown)) return false
      pressAt(placeOf(editor))
      return true
    },
    move(event) {
      const direction = DIRECTIONS[event.key]
      if (direction === undefined || !isForDrawing(editor, event)) return false
      moved = true
      dispatch('pointerMove', stepped(editor, direction, event))
      return true
    },
    release() {
      moved = false
      isDown = false
    },
  }
}

const NO_MODIFIERS = { shift: false, alt: false, mod: false }

function isForDrawing(editor: Editor, { ctrlKey, metaKey }: Keys): boolean {
  return editor.state.getState().tool !== 'select' && !ctrlKey && !metaKey
}

/** Where the pointer is on the view, or its middle. */
function placeOf(editor: Editor): Point {
  const { pointer, camera, viewSize } = editor.state.getState()
  return pointer === undefined ? [viewSize.width / 2, viewSize.height / 2] : imageToScreen(camera, pointer)
}

/** The place one step on, within the view. */
function stepped(editor: Editor, [dx, dy]: Point, { shiftKey, altKey }: Keys): Point {
  const { viewSize } = editor.state.getState()
  const step = shiftKey ? FINE_STEP : altKey ? LONG_STEP : STEP
  const [x, y] = placeOf(editor)
  return [Math.min(viewSize.width, Math.max(0, x + dx * step)), Math.min(viewSize.height, Math.max(0, y + dy * step))]
}
