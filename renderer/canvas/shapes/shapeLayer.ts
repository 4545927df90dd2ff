import type { ShapeId } from '../../../shared/domain/ids.ts'
import { visibleBox } from '../../../shared/geometry/camera.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { shapesInHand } from '../../editor/store/queries.ts'
import type { EditorState } from '../../editor/store/state.ts'
import { nextPose, suits } from '../held/heldSurface.ts'
import type { Look } from '../held/heldSurface.ts'
import { createPicture, createTakenPicture } from '../held/picture.ts'
import type { Pose } from '../held/pose.ts'
import type { CanvasTheme } from '../theme.ts'
import { MOST_CASED } from './levelOfDetail.ts'
import { drawHandwork, drawShapes } from './drawShapes.ts'
import { createRemoteRasterizer } from './raster/remoteRasterizer.ts'
import type { Arrival, RemoteRasterizer } from './raster/remoteRasterizer.ts'

export interface ShapeLayer {
  /** Shows the shapes at rest under a camera; `changed` says that they have to look different. */
  show(look: Look, theme: CanvasTheme, changed: boolean): void
  /** The shapes that have changed but are not shown so yet. */
  unsettled(): Iterable<ShapeId>
  remove(): void
}

/**
 * The shapes at rest. As long as few are in view they are drawn here and at once; many are rasterised on another thread, and what was there before is moved
 * with the camera until the new picture comes. `onSettled` tells that it has come.
 */
export function createShapeLayer(host: HTMLElement, editor: Editor, onSettled: () => void): ShapeLayer {
  const content = { x: 0, y: 0, ...editor.imageSize }
  const crowd = createTakenPicture(host)
  const drawn = createPicture(host)
  let remote: RemoteRasterizer | undefined
  let latest: { readonly look: Look; readonly theme: CanvasTheme } | undefined
  let crowded = false
  let failed = false

  const draw = (pose: Pose, theme: CanvasTheme) => {
    drawn.paint(pose, (context, camera, viewSize) => { drawShapes(context, editor, { ...editor.state.getState(), camera, viewSize }, theme) })
    crowded = false
    crowd.hide()
    remote?.forget()
    remote?.settle()
  }
  const accept = ({ pose, bitmap, byHand, labelled }: Arrival) => {
    if (latest === undefined) return bitmap.close()
    const { look, theme } = latest
    crowded = true
    crowd.take(pose, bitmap)
    if (byHand.length + labelled.length + editor.state.getState().pending.length === 0) drawn.clear(pose)
    else drawn.paint(pose, (context, camera, viewSize) => { drawHandwork(context, editor, { ...editor.state.getState(), camera, viewSize }, theme, byHand, labelled) })
    crowd.place(look.camera)
    drawn.place(look.camera)
    onSettled()
  }
  const rasterizer = (): RemoteRasterizer | undefined => {
    if (remote === undefined && !failed && typeof Worker !== 'undefined') {
      remote = createRemoteRasterizer(editor, {
        onPicture: accept,
        onFailure() {
          failed = true
          remote?.stop()
          remote = undefined
          if (latest !== undefined) show(latest.look, latest.theme, true)
        },
      })
    }
    return remote
  }
  const isCrowded = (pose: Pose) => {
    const state = editor.state.getState()
    return !state.allHidden && state.shapes.length > MOST_CASED && editor.shapeIndex.search(visibleBox(pose.camera, pose.size)).length > MOST_CASED
  }
  const show = (look: Look, theme: CanvasTheme, changed: boolean) => {
    latest = { look, theme }
    const pose = remote?.coming ?? drawn.pose
    if (changed || pose === undefined || !suits(pose, look, content)) {
      const next = nextPose(pose, look)
      const crew = isCrowded(next) ? rasterizer() : undefined
      if (crew === undefined) draw(next, theme)
      else crew.request(next)
    }
    drawn.place(look.camera)
    if (crowded) crowd.place(look.camera)
  }
  return {
    show,
    unsettled: () => remote?.unsettled() ?? [],
    remove() {
      remote?.stop()
      for (const picture of [crowd, drawn]) picture.remove()
    },
  }
}

/** Whether the shapes would look different: pointer movements and gestures leave them alone, but for the shapes they take hold of. Where the camera is does not count. */
export function shapeLayerChanged(before: EditorState, after: EditorState): boolean {
  return before.shapes !== after.shapes || before.pending !== after.pending
    || before.hidden !== after.hidden || before.allHidden !== after.allHidden || before.display !== after.display
    || !sameShapesInHand(before, after)
}

function sameShapesInHand(before: EditorState, after: EditorState): boolean {
  return before.preview === after.preview || shapesInHand(before).join() === shapesInHand(after).join()
}
