import type { Size } from '../../../shared/geometry/box.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import { placeOf } from './pose.ts'
import type { Pose } from './pose.ts'

/** Draws what a camera shows, in CSS pixels from the picture's top-left corner. */
export type DrawPicture = (context: CanvasRenderingContext2D, camera: Camera, size: Size, density: number) => void

/** A canvas that the browser moves with the camera without painting it again. */
interface Placed {
  /** For what the picture was made; undefined while there is none. */
  readonly pose: Pose | undefined
  /** Shows the picture where a camera shows the image. */
  place(camera: Camera): void
  hide(): void
  remove(): void
}

/** A picture that is painted here. */
export interface Picture extends Placed {
  readonly element: HTMLCanvasElement
  paint(pose: Pose, draw: DrawPicture): void
  /** Draws more over what was painted. */
  add(draw: DrawPicture): void
  /** There is nothing to be seen for this pose. */
  clear(pose: Pose): void
}

/** A picture that was made elsewhere. */
export interface TakenPicture extends Placed { take(pose: Pose, bitmap: ImageBitmap): void }

export function createPicture(host: HTMLElement): Picture {
  const canvas = createCanvas(host)
  const context = canvas.getContext('2d')
  const { frame, setPose } = createFrame(canvas)
  return Object.assign(frame, {
    element: canvas,
    paint(pose: Pose, draw: DrawPicture) {
      if (context === null) return
      const { size, density, camera } = pose
      const isNew = setPose(pose)
      context.setTransform(1, 0, 0, 1, 0, 0)
      // Another size made it blank already, and to clear it would take memory for all of it.
      if (!isNew) context.clearRect(0, 0, canvas.width, canvas.height)
      context.setTransform(density, 0, 0, density, 0, 0)
      draw(context, camera, size, density)
    },
    add(draw: DrawPicture) {
      const { pose } = frame
      if (context !== null && pose !== undefined) draw(context, pose.camera, pose.size, pose.density)
    },
    clear(pose: Pose) { setPose(pose, 'blank') },
  })
}

export function createTakenPicture(host: HTMLElement): TakenPicture {
  const canvas = createCanvas(host)
  const context = canvas.getContext('bitmaprenderer')
  const { frame, setPose } = createFrame(canvas)
  return Object.assign(frame, {
    take(pose: Pose, bitmap: ImageBitmap) {
      setPose(pose)
      context?.transferFromImageBitmap(bitmap)
    },
  })
}

function createFrame(canvas: HTMLCanvasElement): { frame: Placed; setPose: (pose: Pose, blank?: 'blank') => boolean } {
  let pose: Pose | undefined
  let isBlank = false
  const frame: Placed = {
    get pose() { return pose },
    place(camera) {
      if (pose === undefined) return
      const { a, b, c, d, e, f } = placeOf(pose, camera)
      const transform = `matrix(${[a, b, c, d, e, f].join()})`
      if (canvas.style.transform !== transform) canvas.style.transform = transform
      canvas.style.display = isBlank ? 'none' : 'block'
    },
    hide() { canvas.style.display = 'none' },
    remove() { canvas.remove() },
  }
  const setPose = (next: Pose, blank?: 'blank') => {
    isBlank = blank !== undefined
    pose = next
    if (!isBlank) return fit(canvas, next)
    // A picture without anything gives its memory back.
    canvas.width = canvas.height = 0
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
function fit(canvas: HTMLCanvasElement, { size, density }: Pose): boolean {
  const width = Math.round(size.width * density)
  const height = Math.round(size.height * density)
  if (canvas.width === width && canvas.height === height) return false
  Object.assign(canvas, { width, height })
  Object.assign(canvas.style, { width: `${width / density}px`, height: `${height / density}px` })
  return true
}
