import { UPRIGHT, cameraToFit, turnCamera } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import { distance, normalizeDegrees } from '../../../shared/geometry/vector.ts'
import type { Editor } from '../store/editor.ts'
import { FIT_PADDING } from '../store/interaction.ts'

/** Turns the view by `degrees` clockwise about its middle. */
export function turnView(editor: Editor, degrees: number): void {
  const { rotation, flipped } = editor.state.getState().camera
  lookTurned(editor, { rotation: rotation + degrees, flipped })
}

/** Turns the view to `rotation` degrees clockwise about its middle. */
export function turnViewTo(editor: Editor, rotation: number): void {
  lookTurned(editor, { rotation, flipped: editor.state.getState().camera.flipped })
}

/** Swaps the left and the right of the view as they are seen. */
export function mirrorView(editor: Editor): void {
  const { rotation, flipped } = editor.state.getState().camera
  lookTurned(editor, { rotation: -rotation, flipped: !flipped })
}

/** Shows the image neither turned nor mirrored. */
export function uprightView(editor: Editor): void {
  lookTurned(editor, UPRIGHT)
}

/** An image that fitted the view is fitted again. */
function lookTurned(editor: Editor, { rotation, flipped }: Pick<Camera, 'rotation' | 'flipped'>): void {
  const { viewSize, camera } = editor.state.getState()
  const turn = { rotation: normalizeDegrees(rotation), flipped }
  const fit = (turned: Pick<Camera, 'rotation' | 'flipped'>) => cameraToFit({ x: 0, y: 0, ...editor.imageSize }, viewSize, FIT_PADDING, turned)
  editor.look(sameView(camera, fit(camera)) ? fit(turn) : turnCamera(camera, [viewSize.width / 2, viewSize.height / 2], turn))
}

function sameView(a: Camera, b: Camera): boolean {
  return Math.abs(a.zoom / b.zoom - 1) < 1e-6 && distance([a.x, a.y], [b.x, b.y]) * a.zoom < 1
}
