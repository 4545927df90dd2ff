import { panCamera } from '../../../../shared/geometry/camera.ts'
import { subtractPoints } from '../../../../shared/geometry/vector.ts'
import type { StateNode } from '../tool.ts'
import type { PanState } from './panState.ts'

export const panning: StateNode<PanState, 'panning'> = {
  handle(data, event, editor) {
    switch (event.type) {
      case 'pointerMove':
        editor.look(panCamera(data.camera, subtractPoints(event.screen, data.from)))
        return data
      case 'pointerUp':
      case 'pointerCancel': return { name: data.spaceHeld ? 'spaceHeld' : 'idle' }
      case 'blur': return { name: 'idle' }
      case 'keyUp': return event.key === ' ' ? { ...data, spaceHeld: false } : undefined
      case 'keyDown': return event.key === ' ' ? data : undefined
      case 'pointerDown': return data
      default: return undefined
    }
  },
  cursor: () => 'grabbing',
}
