import { boxAround, boxCentre, boxCorners } from './box.ts'
import type { Box, Size } from './box.ts'
import type { Point } from './point.ts'

/**
 * How the image is seen: (`x`, `y`) is the image pixel at the view's top-left corner, `zoom` is screen pixels (CSS) per image pixel. The image is
 * mirrored left to right if `flipped`, and then turned by `rotation` degrees clockwise.
 */
export interface Camera { readonly x: number; readonly y: number; readonly zoom: number; readonly rotation: number; readonly flipped: boolean }

/** The turn of a camera that shows the image as it is. */
export const UPRIGHT = { rotation: 0, flipped: false } as const

const MIN_ZOOM = 0.005
const MAX_ZOOM = 64

/** An affine map as canvases take it: x' = a x + c y + e, y' = b x + d y + f. */
export interface Matrix { readonly a: number; readonly b: number; readonly c: number; readonly d: number; readonly e: number; readonly f: number }

/** The map from image pixels to screen pixels (CSS, from the view's top-left corner). */
export function cameraMatrix({ x, y, zoom, rotation, flipped }: Camera): Matrix {
  // Quarter turns are exact, so that an upright image stays on whole pixels.
  const cos = rotation % 180 === 90 || rotation % 180 === -90 ? 0 : Math.cos((rotation * Math.PI) / 180)
  const sin = rotation % 180 === 0 ? 0 : Math.sin((rotation * Math.PI) / 180)
  const mirror = flipped ? -zoom : zoom
  const a = cos * mirror
  const b = sin * mirror
  const c = -sin * zoom
  const d = cos * zoom
  return { a, b, c, d, e: -(a * x + c * y), f: -(b * x + d * y) }
}

/** The map that takes what `from` shows on the screen to where `to` shows it, both in screen pixels (CSS, from the view's top-left corner). */
export function cameraChange(from: Camera, to: Camera): Matrix {
  const [originX, originY] = imageToScreen(to, screenToImage(from, [0, 0]))
  const [rightX, rightY] = imageToScreen(to, screenToImage(from, [1, 0]))
  const [downX, downY] = imageToScreen(to, screenToImage(from, [0, 1]))
  return { a: rightX - originX, b: rightY - originY, c: downX - originX, d: downY - originY, e: originX, f: originY }
}

/** From screen pixels (CSS, from the view's top-left corner) to image pixels. */
export function screenToImage(camera: Camera, [x, y]: Point): Point {
  const { a, b, c, d } = cameraMatrix(camera)
  // The linear part is a turn and a mirror, scaled: its inverse is its transpose over the square of the scale.
  const square = camera.zoom * camera.zoom
  return [camera.x + (a * x + b * y) / square, camera.y + (c * x + d * y) / square]
}

/** From image pixels to screen pixels (CSS, from the view's top-left corner). */
export function imageToScreen(camera: Camera, [x, y]: Point): Point {
  const { a, b, c, d } = cameraMatrix(camera)
  const dx = x - camera.x
  const dy = y - camera.y
  return [a * dx + c * dy, b * dx + d * dy]
}

/** A movement of the image plane in image pixels that is seen as a movement by `delta` screen pixels. */
export function screenToImageVector(camera: Camera, delta: Point): Point {
  return screenToImage({ ...camera, x: 0, y: 0 }, delta)
}

/** The camera zoomed by `factor` with the image pixel under `anchor` (screen pixels) held in place; the zoom stays within its limits. */
export function zoomCamera(camera: Camera, anchor: Point, factor: number): Camera {
  const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, camera.zoom * factor))
  return cameraAt({ ...camera, zoom }, screenToImage(camera, anchor), anchor)
}

/** The camera turned to `rotation` degrees clockwise, mirrored or not, with the image pixel under `anchor` (screen pixels) held in place. */
export function turnCamera(camera: Camera, anchor: Point, turn: Pick<Camera, 'rotation' | 'flipped'>): Camera {
  return cameraAt({ ...camera, rotation: turn.rotation, flipped: turn.flipped }, screenToImage(camera, anchor), anchor)
}

/** The camera after the image is dragged by `delta` screen pixels. */
export function panCamera(camera: Camera, delta: Point): Camera {
  const [x, y] = screenToImage(camera, [-delta[0], -delta[1]])
  return { ...camera, x, y }
}

/**
 * The camera that shows `box` (image pixels) in the middle of a view of `size` screen pixels, with `padding` screen pixels around it, turned as
 * `turn` says.
 */
export function cameraToFit(box: Box, size: Size, padding: number, turn: Pick<Camera, 'rotation' | 'flipped'>): Camera {
  const unit: Camera = { x: 0, y: 0, zoom: 1, rotation: turn.rotation, flipped: turn.flipped }
  const seen = boxAround(boxCorners(box).map((corner) => imageToScreen(unit, corner)))
  const across = Math.max(1, size.width - 2 * padding) / Math.max(seen.width, 1)
  const down = Math.max(1, size.height - 2 * padding) / Math.max(seen.height, 1)
  const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, Math.min(across, down)))
  return cameraAt({ ...unit, zoom }, boxCentre(box), [size.width / 2, size.height / 2])
}

/** The box around the part of the image plane that a view of `size` screen pixels shows, in image pixels. */
export function visibleBox(camera: Camera, size: Size): Box {
  if (camera.rotation === 0 && !camera.flipped) return { x: camera.x, y: camera.y, width: size.width / camera.zoom, height: size.height / camera.zoom }
  return boxAround(boxCorners({ x: 0, y: 0, ...size }).map((corner) => screenToImage(camera, corner)))
}

/** The camera moved just enough that at least `margin` screen pixels of the image stay in a view of `view` screen pixels. */
export function keepInSight(camera: Camera, image: Size, view: Size, margin = 64): Camera {
  const seen = boxAround(boxCorners({ x: 0, y: 0, ...image }).map((corner) => imageToScreen(camera, corner)))
  const across = Math.min(margin, seen.width)
  const down = Math.min(margin, seen.height)
  const dx = between(seen.x, across - seen.width, view.width - across) - seen.x
  const dy = between(seen.y, down - seen.height, view.height - down) - seen.y
  return dx === 0 && dy === 0 ? camera : panCamera(camera, [dx, dy])
}

/** The camera moved so that `place` (image pixels) is seen at `screen` (screen pixels). */
export function cameraAt(camera: Camera, place: Point, screen: Point): Camera {
  const [x, y] = screenToImage({ ...camera, x: place[0], y: place[1] }, [-screen[0], -screen[1]])
  return { ...camera, x, y }
}

function between(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
