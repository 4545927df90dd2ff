import type { Box, Size } from '../../../shared/geometry/box.ts'
import type { Camera, Matrix } from '../../../shared/geometry/camera.ts'
import { isGoodEnough, isSharp, isZoomedOut, placeOf, sharpPose, widePose } from './pose.ts'
import type { Pose } from './pose.ts'

/** How the image is seen in a frame; `view` in CSS pixels, `density` in device pixels for each; `moving` while the camera has not come to rest. */
export interface Look { readonly camera: Camera; readonly view: Size; readonly density: number; readonly moving: boolean }

/** A canvas that shows more than the view and is moved, turned and scaled along with the camera. It is painted again at rest, or when it will not do any longer. */
export interface HeldSurface {
  /** Shows what there is under a camera; paints first if `changed` says that it has to look different, or if it will not do. */
  show(look: Look, changed: boolean): void
  hide(): void
  remove(): void
}

/** Draws what a camera shows, in CSS pixels from the picture's top-left corner. */
export type DrawPicture = (context: CanvasRenderingContext2D, camera: Camera, size: Size, density: number) => void

/** @param content the part of the image plane where there is anything to draw, in image pixels. */
export function createHeldSurface(host: HTMLElement, content: Box, draw: DrawPicture): HeldSurface {
  const canvas = createPictureCanvas(host)
  const context = canvas.getContext('2d')
  let pose: Pose | undefined

  const paint = (next: Pose) => {
    if (context === null) return
    const { size, density, camera } = next
    fitPicture(canvas, size, density)
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, canvas.width, canvas.height)
    context.setTransform(density, 0, 0, density, 0, 0)
    draw(context, camera, size, density)
    pose = next
  }
  return {
    show(look, changed) {
      const { camera, view, density } = look
      if (changed || pose === undefined || !suits(pose, look, content)) {
        paint(look.moving && pose !== undefined && isZoomedOut(pose, camera) ? widePose(camera, view, density) : sharpPose(camera, view, density))
      }
      if (pose !== undefined) placePicture(canvas, placeOf(pose, camera))
      canvas.hidden = false
    },
    hide() { canvas.hidden = true },
    remove() { canvas.remove() },
  }
}

/** Whether a picture will do for now. */
export function suits(pose: Pose, { camera, view, density, moving }: Look, content: Box): boolean {
  const { size } = sharpPose(camera, view, density)
  if (pose.density !== density || pose.size.width !== size.width || pose.size.height !== size.height) return false
  return moving ? isGoodEnough(pose, camera, view, content) : isSharp(pose, camera, view)
}

/** An element for a picture; the browser moves it without painting it again. */
export function createPictureCanvas(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  Object.assign(canvas.style, { position: 'absolute', left: '0', top: '0', transformOrigin: '0 0', pointerEvents: 'none', willChange: 'transform' })
  host.append(canvas)
  return canvas
}

/** Gives a picture's element its size, in CSS pixels, and its backing the density of the screen. */
export function fitPicture(canvas: HTMLCanvasElement, { width, height }: Size, density: number): void {
  const columns = Math.round(width * density)
  const rows = Math.round(height * density)
  if (canvas.width !== columns) canvas.width = columns
  if (canvas.height !== rows) canvas.height = rows
  canvas.style.width = `${columns / density}px`
  canvas.style.height = `${rows / density}px`
}

export function placePicture(canvas: HTMLCanvasElement, { a, b, c, d, e, f }: Matrix): void {
  const transform = `matrix(${[a, b, c, d, e, f].join()})`
  if (canvas.style.transform !== transform) canvas.style.transform = transform
}
