import { cameraAt, screenToImage } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { Size } from '../../../shared/geometry/box.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import type { Editor } from '../store/editor.ts'

/**
 * Lets several editors of one image be looked at with one camera, also those that are not on the screen just now: their views are of one size. When that
 * changes, what was in the middle stays there. Answers how to undo it.
 */
export function linkViews(editors: readonly Editor[]): () => void {
  let isLeading = false
  const stops = editors.map((editor) => editor.state.subscribe((after, before) => {
    if (isLeading || (after.camera === before.camera && after.viewSize === before.viewSize)) return
    isLeading = true
    if (isResized(before.viewSize, after.viewSize)) editor.look(centred(before.camera, before.viewSize, after.viewSize))
    const { camera, viewSize } = editor.state.getState()
    for (const other of editors) {
      if (other === editor) continue
      other.update({ viewSize })
      other.look(camera)
    }
    isLeading = false
  }))
  return () => { for (const stop of stops) stop() }
}

/** The first size is no change: the image is fitted into it. */
function isResized(before: Size, after: Size): boolean {
  return before.width > 0 && (before.width !== after.width || before.height !== after.height)
}

function centred(camera: Camera, before: Size, after: Size): Camera {
  const middle = ({ width, height }: Size): Point => [width / 2, height / 2]
  return cameraAt(camera, screenToImage(camera, middle(before)), middle(after))
}
