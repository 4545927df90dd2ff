import { UPRIGHT } from '../../../../../shared/geometry/camera.ts'
import { mountCanvas } from '../../../../../renderer/canvas/mountCanvas.ts'
import type { Editor } from '../../../../../renderer/editor/store/editor.ts'
import { openEditor } from '../openEditor.ts'
import { PYRAMID } from './pyramid.ts'
import type { TileSubject } from './tileSubject.ts'

/** The product's canvas on a pyramid, with nothing labelled. */
export function fieldmarkTiles(): TileSubject {
  let editor: Editor
  return {
    open(host, view) {
      editor = openEditor([], PYRAMID)
      mountCanvas(host, editor, PYRAMID, { onImageShown: () => undefined, onPixels: () => undefined, onImageProblem: (error) => { console.error(error) } })
      editor.dispatch({ type: 'resize', size: { width: host.clientWidth, height: host.clientHeight } })
      this.look(view)
    },
    look(view) { editor.look({ ...UPRIGHT, ...view }) },
  }
}
