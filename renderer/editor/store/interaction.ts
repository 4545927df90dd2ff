import type { Size } from '../../../shared/geometry/box.ts'
import { cameraToFit } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { InputEvent } from '../input/inputEvent.ts'
import { panTool } from '../tools/pan/panTool.ts'
import { runTool } from '../tools/tool.ts'
import { startTool } from '../tools/toolbox.ts'
import type { Editor } from './editor.ts'
import type { Target } from './state.ts'

/** The view's margin around an image that is fitted, in CSS pixels. */
export const FIT_PADDING = 24

/** Leads input to navigation and the tool in use, and keeps the state's cursor and tool name true. */
export function createInteraction(editor: Editor): Pick<Editor, 'dispatch' | 'setTool'> {
  const pan = runTool(panTool, editor)
  let tool = startTool(editor.state.getState().tool, editor)

  const refresh = () => {
    const toolState = tool.stateName()
    const cursor = pan.stateName() === 'idle' ? tool.cursor() : pan.cursor()
    const before = editor.state.getState()
    if (before.toolState !== toolState || before.cursor !== cursor) editor.state.setState({ toolState, cursor })
  }

  /** Escape backs out of the gesture first. */
  const stopsWork = (event: InputEvent) => event.type === 'keyDown' && event.key === 'Escape' && tool.stateName() === 'idle' && editor.stopWork()

  const handle = (event: InputEvent): boolean => {
    if (event.type === 'resize') return resize(editor, event.size)
    followPointer(editor, event)
    return pan.dispatch(event) || stopsWork(event) || tool.dispatch(event)
  }

  return {
    dispatch(event) {
      const handled = handle(event)
      refresh()
      return handled
    },
    setTool(id) {
      tool.dispatch({ type: 'cancel' })
      tool = startTool(id, editor)
      const drawing = id === 'select' || id === 'ruler' ? {} : { lastDrawingTool: id }
      editor.state.setState({ tool: id, hover: CANVAS, preview: undefined, activeVertex: undefined, measurement: undefined, ...drawing })
      refresh()
    },
  }
}

const CANVAS: Target = { kind: 'canvas' }

function followPointer(editor: Editor, event: InputEvent): void {
  if (event.type === 'pointerLeave') editor.update({ pointer: undefined, hover: CANVAS })
  else if (event.type === 'pointerMove' || event.type === 'pointerDown') editor.update({ pointer: event.point })
}

/** The first size fits the image into the view, and an image that was fitted stays so; otherwise what is at the top left of the view is kept. */
function resize(editor: Editor, size: Size): boolean {
  const { viewSize, camera } = editor.state.getState()
  if (size.width === viewSize.width && size.height === viewSize.height) return true
  const fitted = (view: Size) => cameraToFit({ x: 0, y: 0, ...editor.imageSize }, view, FIT_PADDING, camera)
  const fits = viewSize.width === 0 || isSame(camera, fitted(viewSize))
  editor.update({ viewSize: size })
  // Who listens for the new size may have moved the camera by now.
  editor.look(fits ? fitted(size) : editor.state.getState().camera)
  return true
}

function isSame(a: Camera, b: Camera): boolean {
  return a.x === b.x && a.y === b.y && a.zoom === b.zoom
}
