import type { ClassId, ShapeId } from '../../../../../shared/domain/ids.ts'
import type { Shape, ShapeGeometry } from '../../../../../shared/domain/shape.ts'
import { UPRIGHT } from '../../../../../shared/geometry/camera.ts'
import type { Point } from '../../../../../shared/geometry/point.ts'
import { mountCanvas } from '../../../../../renderer/canvas/mountCanvas.ts'
import { startRasterThreadAhead } from '../../../../../renderer/canvas/shapes/raster/rasterThread.ts'
import type { Editor } from '../../../../../renderer/editor/store/editor.ts'
import { NOW, USER, openEditor } from '../openEditor.ts'
import { IMAGE } from '../scene.ts'
import type { Scene, SceneShape } from '../scene.ts'
import { toScreen } from '../subject.ts'
import type { Subject, View } from '../subject.ts'

/** The product's own canvas and editor, given what a task that was opened gives them, and worked by pointer events. */
export function fieldmark(): Subject {
  // As the product does while its first view is looked at.
  startRasterThreadAhead()
  let editor: Editor
  let host: HTMLElement
  let scene: Scene
  const pointer = (type: 'pointermove' | 'pointerdown' | 'pointerup', place: Point) => {
    const [clientX, clientY] = toScreen(editor.state.getState().camera, place)
    host.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0, buttons: type === 'pointerup' ? 0 : 1, bubbles: true }))
  }
  const click = (place: Point) => { for (const type of ['pointermove', 'pointerdown', 'pointerup'] as const) pointer(type, place) }
  const vertex = (): Point => scene.target.points[0] ?? scene.target.centre
  let held: Point

  return {
    load(element, shown, view) {
      host = element
      scene = shown
      editor = openEditor(scene.shapes.map(recordOf), IMAGE)
      return new Promise((resolve, reject) => {
        mountCanvas(host, editor, { kind: 'whole', ...IMAGE }, { onImageShown: resolve, onImageProblem: reject, onPixels: () => {} })
        editor.dispatch({ type: 'resize', size: { width: host.clientWidth, height: host.clientHeight } })
        editor.look(cameraOf(view))
      })
    },
    look(view) { editor.look(cameraOf(view)) },
    select() { click(scene.target.centre) },
    deselect() { click(scene.empty) },
    isSelected: () => editor.state.getState().selection.has(scene.target.id as ShapeId),
    grabVertex() {
      held = vertex()
      pointer('pointermove', held)
      pointer('pointerdown', held)
    },
    moveVertex(to) {
      held = to
      pointer('pointermove', to)
    },
    dropVertex() { pointer('pointerup', held) },
  }
}

function cameraOf(view: View) {
  return { ...UPRIGHT, ...view }
}

/** A record as the engine would send it: what crosses from there is checked before it comes to the canvas, and so not here. */
function recordOf(shape: SceneShape, order: number): Shape {
  const geometry: ShapeGeometry = shape.kind === 'polygon'
    ? { kind: shape.kind, rings: [[...shape.points]] }
    : { kind: shape.kind, x: shape.x, y: shape.y, width: shape.width, height: shape.height }
  return {
    type: 'shape', id: shape.id as ShapeId, classId: shape.color.slice(1) as ClassId, geometry, attributes: {}, provenance: { source: 'human' },
    order, createdBy: USER, createdAt: NOW,
  }
}
