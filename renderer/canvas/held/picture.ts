import type { Size } from '../../../shared/geometry/box.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { Context2D } from '../surface.ts'
import { placeOf, sizeInPixels } from './pose.ts'
import type { Pose } from './pose.ts'

/** Draws what a camera shows, in CSS pixels from the picture's top-left corner. */
export type DrawPicture = (context: Context2D, camera: Camera, size: Size, density: number) => void

/** A canvas that the browser moves with the camera without painting it again. */
export interface Picture {
  readonly element: HTMLCanvasElement
  /** For what the picture was made; undefined while there is none. */
  readonly pose: Pose | undefined
  /** Shows the picture where a camera shows the image. */
  place(camera: Camera): void
  paint(pose: Pose, draw: DrawPicture): void
  remove(): void
}

/** A picture that is always painted as a whole, here or elsewhere. The browser shows its pixels as they are. */
export interface WholePicture extends Picture {
  /** Shows what was painted elsewhere. */
  take(pose: Pose, bitmap: ImageBitmap): void
  /** There is nothing to be seen for this pose, and no memory taken. */
  clear(pose: Pose): void
}

/** A picture to which something can be added. Without a graphics card the browser first copies a canvas like that, tile by tile. */
export interface GrowingPicture extends Picture {
  /** Draws more over what was painted. */
  add(draw: DrawPicture): void
}

export function createWholePicture(host: HTMLElement): WholePicture {
  const canvas = createCanvas(host)
  const shown = canvas.getContext('bitmaprenderer')
  const { frame, setPose } = createFrame(canvas)
  const take = (pose: Pose, bitmap: ImageBitmap) => {
    setPose(pose)
    shown?.transferFromImageBitmap(bitmap)
  }
  const clear = (pose: Pose) => {
    setPose(pose, 'blank')
    shown?.transferFromImageBitmap(null)
  }
  return Object.assign(frame, {
    take, clear,
    paint(pose: Pose, draw: DrawPicture) {
      const { width, height } = sizeInPixels(pose)
      if (shown === null || width === 0 || height === 0) return clear(pose)
      const easel = new OffscreenCanvas(width, height)
      const context = easel.getContext('2d')
      if (context === null) return
      drawOn(context, pose, draw)
      take(pose, easel.transferToImageBitmap())
    },
  })
}

export function createGrowingPicture(host: HTMLElement): GrowingPicture {
  const canvas = createCanvas(host)
  const context = canvas.getContext('2d')
  const { frame, setPose } = createFrame(canvas)
  return Object.assign(frame, {
    paint(pose: Pose, draw: DrawPicture) {
      if (context === null) return
      const isNew = setPose(pose)
      context.setTransform(1, 0, 0, 1, 0, 0)
      // Another size made it blank already, and to clear it would take memory for all of it.
      if (!isNew) context.clearRect(0, 0, canvas.width, canvas.height)
      drawOn(context, pose, draw)
    },
    add(draw: DrawPicture) {
      const { pose } = frame
      if (context !== null && pose !== undefined) draw(context, pose.camera, pose.size, pose.density)
    },
  })
}

function drawOn(context: Context2D, { camera, size, density }: Pose, draw: DrawPicture): void {
  context.setTransform(density, 0, 0, density, 0, 0)
  draw(context, camera, size, density)
}

function createFrame(canvas: HTMLCanvasElement): { frame: Omit<Picture, 'paint'>; setPose: (pose: Pose, blank?: 'blank') => boolean } {
  let pose: Pose | undefined
  let isBlank = false
  const frame: Omit<Picture, 'paint'> = {
    element: canvas,
    get pose() { return pose },
    place(camera) {
      if (pose === undefined) return
      const { a, b, c, d, e, f } = placeOf(pose, camera)
      const transform = `matrix(${[a, b, c, d, e, f].join()})`
      if (canvas.style.transform !== transform) canvas.style.transform = transform
      canvas.style.display = isBlank ? 'none' : 'block'
    },
    remove() { canvas.remove() },
  }
  const setPose = (next: Pose, blank?: 'blank') => {
    isBlank = blank !== undefined
    pose = next
    if (!isBlank) return fit(canvas, next)
    // A picture without anything gives its memory back.
    canvas.width = canvas.height = 0
    canvas.style.display = 'none'
    return true
  }
  return { frame, setPose }
}

function createCanvas(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  Object.assign(canvas.style, {
    display: 'none', position: 'absolute', left: '0', top: '0', maxWidth: 'none', transformOrigin: '0 0', pointerEvents: 'none', willChange: 'transform',
  })
  host.append(canvas)
  return canvas
}

/** Gives the backing the density of the screen; answers whether the canvas was made blank by that. */
function fit(canvas: HTMLCanvasElement, pose: Pose): boolean {
  const { width, height } = sizeInPixels(pose)
  if (canvas.width === width && canvas.height === height) return false
  Object.assign(canvas, { width, height })
  Object.assign(canvas.style, { width: `${width / pose.density}px`, height: `${height / pose.density}px` })
  return true
}
