import type { Size } from '../../shared/geometry/box.ts'
import { cameraMatrix } from '../../shared/geometry/camera.ts'
import type { Camera } from '../../shared/geometry/camera.ts'

/** What is drawn on: a canvas in the window or in memory. */
export type Context2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** One canvas of the stack. Sizes in CSS pixels; the backing store follows the density of the screen. */
export interface Surface {
  readonly element: HTMLCanvasElement
  /** Gives the canvas a size; answers whether it was cleared by that. */
  fit(size: Size, density: number): boolean
  /** Clears the canvas and hands its context over, in screen pixels (CSS); nothing happens where there is no 2D context. */
  paint(draw: (context: CanvasRenderingContext2D) => void): void
  remove(): void
}

export function createSurface(host: HTMLElement): Surface {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%', pointerEvents: 'none' })
  host.append(canvas)
  const context = canvas.getContext('2d')
  let scale = 1
  let marked = false
  const watched = context && watchMarks(context, () => { marked = true })
  return {
    element: canvas,
    fit(size, density) {
      const width = Math.max(1, Math.round(size.width * density))
      const height = Math.max(1, Math.round(size.height * density))
      scale = density
      if (canvas.width === width && canvas.height === height) return false
      canvas.width = width
      canvas.height = height
      marked = false
      return true
    },
    paint(draw) {
      if (context === null || watched === null) return
      context.setTransform(1, 0, 0, 1, 0, 0)
      // A canvas that stays blank is not touched: the browser would put the whole of it on the screen again.
      if (marked) context.clearRect(0, 0, canvas.width, canvas.height)
      marked = false
      context.setTransform(scale, 0, 0, scale, 0, 0)
      draw(watched)
    },
    remove: () => { canvas.remove() },
  }
}

const MARKING: ReadonlySet<PropertyKey> = new Set(['fill', 'stroke', 'fillRect', 'strokeRect', 'fillText', 'strokeText', 'drawImage', 'putImageData'])

/** The same context, but for telling when something may have become visible. */
function watchMarks(context: CanvasRenderingContext2D, onMark: () => void): CanvasRenderingContext2D {
  return new Proxy(context, {
    get(target, key) {
      if (MARKING.has(key)) onMark()
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) as unknown : value
    },
    set: (target, key, value) => Reflect.set(target, key, value),
  })
}

/** Lets `draw` use image pixels; what it draws with a width of `1 / camera.zoom` is one CSS pixel wide. */
export function inImagePixels(context: Context2D, camera: Camera, draw: () => void): void {
  context.save()
  const { a, b, c, d, e, f } = cameraMatrix(camera)
  context.transform(a, b, c, d, e, f)
  draw()
  context.restore()
}
