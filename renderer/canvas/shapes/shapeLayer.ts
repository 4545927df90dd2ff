import type { ShapeId } from '../../../shared/domain/ids.ts'
import { boxHasBox } from '../../../shared/geometry/box.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { visibleBox } from '../../../shared/geometry/camera.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { shapesInHand } from '../../editor/store/queries.ts'
import type { EditorState } from '../../editor/store/state.ts'
import { nextPose, suits } from '../held/heldSurface.ts'
import type { Look } from '../held/heldSurface.ts'
import { createWholePicture } from '../held/picture.ts'
import type { Pose } from '../held/pose.ts'
import type { CanvasTheme } from '../theme.ts'
import { MOST_CASED } from './levelOfDetail.ts'
import { drawHandwork, drawShapes, handworkPose } from './drawShapes.ts'
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
  const crowd = createWholePicture(host)
  const drawn = createWholePicture(host)
  const rasterizer = startOnDemand(editor, accept, () => { if (latest !== undefined) show(latest.look, latest.theme, true) })
  let latest: { readonly look: Look; readonly theme: CanvasTheme } | undefined
  let crowded = false
  /** What the shapes that are shown were drawn for. */
  let made: Pose | undefined
  // It takes its time to start, which the image takes too.
  if (editor.state.getState().shapes.length > MOST_CASED) rasterizer.start()

  function draw(pose: Pose, theme: CanvasTheme): void {
    const { shapes, pending } = editor.state.getState()
    // A task without shapes needs no canvas for them, which takes its time to make and to show.
    if (shapes.length + pending.length === 0) drawn.clear(pose)
    else drawn.paint(pose, (context, camera, viewSize) => { drawShapes(context, editor, { ...editor.state.getState(), camera, viewSize }, theme) })
    crowded = false
    made = pose
    if (crowd.pose !== undefined) crowd.clear(pose)
    rasterizer.started()?.drop()
  }

  function accept({ pose, drawn: part, bitmap, byHand, labelled }: Arrival): void {
    if (latest === undefined) return bitmap.close()
    const { look, theme } = latest
    // What pointers will ask for, as the first picture was not to wait for it.
    if (crowd.pose === undefined) requestIdleCallback(() => { editor.shapeIndex.prepare() })
    crowded = true
    made = pose
    crowd.take(part, bitmap)
    const handwork = handworkPose(editor.state.getState(), pose, byHand, labelled)
    if (handwork === undefined) drawn.clear(pose)
    else drawn.paint(handwork, (context, camera, viewSize) => { drawHandwork(context, editor, { ...editor.state.getState(), camera, viewSize }, theme, byHand, labelled) })
    crowd.place(look.camera)
    drawn.place(look.camera)
    onSettled()
  }

  function show(look: Look, theme: CanvasTheme, changed: boolean): void {
    latest = { look, theme }
    const pose = rasterizer.started()?.coming ?? made
    if (changed || pose === undefined || !suits(pose, look, content)) {
      const next = nextPose(pose, look)
      const remote = isCrowded(editor, next, content) ? rasterizer.start() : undefined
      if (remote === undefined) draw(next, theme)
      // Where nothing is shown yet, what is in view is waited for.
      else remote.request(next, !look.moving || crowd.pose === undefined)
    }
    drawn.place(look.camera)
    if (crowded) crowd.place(look.camera)
  }

  return {
    show,
    unsettled: () => rasterizer.started()?.unsettled() ?? [],
    remove() {
      rasterizer.started()?.stop()
      for (const picture of [crowd, drawn]) picture.remove()
    },
  }
}

/** Where all of the image is in view nothing has to be searched, which the first picture of a task would wait for. */
function isCrowded(editor: Editor, { camera, size }: Pose, content: Box): boolean {
  const { allHidden, shapes } = editor.state.getState()
  if (allHidden || shapes.length <= MOST_CASED) return false
  const inView = visibleBox(camera, size)
  return boxHasBox(inView, content) || editor.shapeIndex.search(inView).length > MOST_CASED
}

/** The other thread, which most tasks never need. One that fails is not tried again: `onFailure` has to do without. */
function startOnDemand(editor: Editor, onPicture: (arrival: Arrival) => void, onFailure: () => void) {
  let remote: RemoteRasterizer | undefined
  let usable = typeof Worker !== 'undefined'
  const fail = () => {
    usable = false
    remote?.stop()
    remote = undefined
    onFailure()
  }
  return {
    started: () => remote,
    start(): RemoteRasterizer | undefined {
      if (usable) remote ??= createRemoteRasterizer(editor, { onPicture, onFailure: fail })
      return remote
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
