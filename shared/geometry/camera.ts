import type { Box, Size } from './box.ts'
import type { Point } from './point.ts'

/** How the image is seen: (`x`, `y`) is the image pixel at the view's top-left corner, `zoom` is screen pixels (CSS) per image pixel. */
export interface Camera { readonly x: number; readonly y: number; readonly zoom: number }

const MIN_ZOOM = 0.005
const MAX_ZOOM = 64

/** From screen pixels (CSS, from the view's top-left corner) to image pixels. */
export function screenToImage(camera: Camera, [x, y]: Point): Point {
  return [camera.x + x / camera.zoom, camera.y + y / camera.zoom]
}

/** From image pixels to screen pixels (CSS, from the view's top-left corner). */
export function imageToScreen(camera: Camera, [x, y]: Point): Point {
  return [(x - camera.x) * camera.zoom, (y - camera.y) * camera.zoom]
}

/** The camera zoomed by `factor` with the image pixel under `anchor` (screen pixels) held in place; the zoom stays within its limits. */
export function zoomCamera(camera: Camera, anchor: Point, factor: number): Camera {
  const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, camera.zoom * factor))
  const [x, y] = screenToImage(camera, anchor)
  return { x: x - anchor[0] / zoom, y: y - anchor[1] / zoom, zoom }
}

/** The camera after the image is dragged by `delta` screen pixels. */
export function panCamera(camera: Camera, delta: Point): Camera {
  return { ...camera, x: camera.x - delta[0] / camera.zoom, y: camera.y - delta[1] / camera.zoom }
}

/** The camera that shows `box` (image pixels) in the middle of a view of `size` screen pixels, with `padding` screen pixels around it. */
export function cameraToFit(box: Box, size: Size, padding = 0): Camera {
  const across = Math.max(1, size.width - 2 * padding) / Math.max(box.width, 1)
  const down = Math.max(1, size.height - 2 * padding) / Math.max(box.height, 1)
  const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, Math.min(across, down)))
  return { x: box.x + box.width / 2 - size.width / 2 / zoom, y: box.y + box.height / 2 - size.height / 2 / zoom, zoom }
}

/** The part of the image plane that a view of `size` screen pixels shows, in image pixels. */
export function visibleBox(camera: Camera, size: Size): Box {
  return { x: camera.x, y: camera.y, width: size.width / camera.zoom, height: size.height / camera.zoom }
}

/** The camera moved just enough that at least `margin` screen pixels of the image stay in a view of `view` screen pixels. */
export function keepInSight(camera: Camera, image: Size, view: Size, margin = 64): Camera {
  const rest = margin / camera.zoom
  return {
    zoom: camera.zoom,
    x: between(camera.x, Math.min(rest, image.width) - view.width / camera.zoom, image.width - Math.min(rest, image.width)),
    y: between(camera.y, Math.min(rest, image.height) - view.height / camera.zoom, image.height - Math.min(rest, image.height)),
  }
}

function between(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}
