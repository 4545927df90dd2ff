import { boxAround, boxCorners, boxHasBox, expandBox, intersectBoxes } from '../../../shared/geometry/box.ts'
import type { Box, Size } from '../../../shared/geometry/box.ts'
import { cameraChange, imageToScreen, panCamera, visibleBox, zoomCamera } from '../../../shared/geometry/camera.ts'
import type { Camera, Matrix } from '../../../shared/geometry/camera.ts'

/** CSS pixels that a picture shows beyond each side of the view, so that moving the view a little uncovers nothing. */
export const MARGIN = 160
/** How far the view may be zoomed into a picture before it is too coarse to look at. */
const COARSEST = 2
/** By how much a picture that is made while the view zooms out shows more than the view. */
const WIDER = 2

/** For what a picture is made: `camera` shows it at a place that is `MARGIN` beyond the view's top left. Sizes in CSS pixels, `density` in device pixels for each. */
export interface Pose { readonly camera: Camera; readonly size: Size; readonly density: number }

/** The picture that is sharp under a camera. */
export function sharpPose(camera: Camera, view: Size, density: number): Pose {
  const size = { width: view.width + 2 * MARGIN, height: view.height + 2 * MARGIN }
  return { camera: panCamera(camera, [MARGIN, MARGIN]), size, density }
}

/** What of such a picture is in view. */
export function withoutMargin({ camera, size, density }: Pose): Pose {
  return { camera: panCamera(camera, [-MARGIN, -MARGIN]), size: { width: size.width - 2 * MARGIN, height: size.height - 2 * MARGIN }, density }
}

/** A coarser picture that shows more around the view, for a view that is on its way out. */
export function widePose(camera: Camera, view: Size, density: number): Pose {
  return sharpPose(zoomCamera(camera, [view.width / 2, view.height / 2], 1 / WIDER), view, density)
}

/** What of a picture shows anything of `content` (image pixels), up to whole device pixels: memory for the rest would be wasted. */
export function clipPose({ camera, size, density }: Pose, content: Box): Pose {
  const shown = boxAround(boxCorners(content).map((corner) => imageToScreen(camera, corner)))
  const [left, right] = clipSpan(shown.x, shown.width, size.width, density)
  const [top, bottom] = clipSpan(shown.y, shown.height, size.height, density)
  return { camera: panCamera(camera, [-left, -top]), size: { width: right - left, height: bottom - top }, density }
}

/** Where a span begins and ends within `limit`, both moved outwards to whole device pixels, but for errors of rounding. */
function clipSpan(start: number, length: number, limit: number, density: number): [start: number, end: number] {
  const within = (value: number) => Math.min(limit, Math.max(0, value))
  return [within(Math.floor(start * density + 1e-6) / density), within(Math.ceil((start + length) * density - 1e-6) / density)]
}

/** How many device pixels a picture has. */
export function sizeInPixels({ size, density }: Pose): Size {
  return { width: Math.round(size.width * density), height: Math.round(size.height * density) }
}

/** Whether pictures for both show the same. Their sizes follow from the view. */
export function samePose(a: Pose, b: Pose): boolean {
  return a.density === b.density && a.camera.x === b.camera.x && a.camera.y === b.camera.y && a.camera.zoom === b.camera.zoom
    && a.camera.rotation === b.camera.rotation && a.camera.flipped === b.camera.flipped
}

/** Where a picture must be put to stand where `camera` shows it, as the map of its own CSS pixels to those of the view. */
export function placeOf(pose: Pose, camera: Camera): Matrix {
  const place = cameraChange(pose.camera, camera)
  if (!sameScale(pose.camera, camera)) return place
  // On whole device pixels nothing is blurred, and the screen is quicker to put together.
  const snap = (value: number) => Math.round(value * pose.density) / pose.density
  return { a: 1, b: 0, c: 0, d: 1, e: snap(place.e), f: snap(place.f) }
}

/** Whether a picture looks like one that is made for this camera now, give or take half a device pixel, and the view can move on a little without leaving it. */
export function isSharp(pose: Pose, camera: Camera, view: Size, content: Box): boolean {
  if (!sameScale(pose.camera, camera)) return false
  const room = { width: view.width + MARGIN, height: view.height + MARGIN }
  return isGoodEnough(pose, panCamera(camera, [MARGIN / 2, MARGIN / 2]), room, content)
}

/** Whether a picture will do while the view moves: it shows all of `content` (image pixels) that is in view, and is not too coarse. */
export function isGoodEnough(pose: Pose, camera: Camera, view: Size, content: Box): boolean {
  if (camera.zoom > COARSEST * pose.camera.zoom * (1 + 1e-9)) return false
  const picture = expandBox({ x: 0, y: 0, ...pose.size }, 1)
  const back = cameraChange(camera, pose.camera)
  const seen = boxAround(boxCorners({ x: 0, y: 0, ...view }).map(([x, y]) => [back.a * x + back.c * y + back.e, back.b * x + back.d * y + back.f]))
  if (boxHasBox(picture, seen)) return true
  const inView = intersectBoxes(visibleBox(camera, view), content)
  return inView === undefined || boxHasBox(picture, boxAround(boxCorners(inView).map((corner) => imageToScreen(pose.camera, corner))))
}

/** Whether the view zoomed out of what a picture was made for. */
export function isZoomedOut(pose: Pose, camera: Camera): boolean {
  return camera.zoom < pose.camera.zoom * (1 - 1e-9)
}

function sameScale(a: Camera, b: Camera): boolean {
  return Math.abs(a.zoom / b.zoom - 1) < 1e-9 && a.rotation === b.rotation && a.flipped === b.flipped
}
