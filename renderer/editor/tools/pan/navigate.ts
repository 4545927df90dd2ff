import { panCamera, zoomCamera } from '../../../../shared/geometry/camera.ts'
import type { InputEvent } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'

/** Follows the wheel, trackpad and pinch, which work in every state; false for other events. */
export function navigate(editor: Editor, event: InputEvent): boolean {
  const { camera } = editor.state.getState()
  if (event.type === 'zoom') editor.look(zoomCamera(camera, event.screen, event.factor))
  else if (event.type === 'scroll') editor.look(panCamera(camera, event.delta))
  else return false
  return true
}
