import { boxHasBox } from '../../shared/geometry/box.ts'
import type { Box } from '../../shared/geometry/box.ts'
import { cameraMatrix } from '../../shared/geometry/camera.ts'
import type { Camera } from '../../shared/geometry/camera.ts'

/** What is drawn on: a canvas in the window or in memory. */
export type Context2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** One canvas of the stack. Sizes in CSS pixels; the backing store follows the density of the screen. */
export interface Surface {
  readonly element: HTMLCanvasElement
  /** Gives the canvas its place in the host, at least as large as `box`; answers whether it was cleared by that. */
  fit(box: Box, density: number): boolean
  /** Clears the canvas and hands its context over, in screen pixels (CSS) of the host; nothing happens where there is no 2D context. */
  paint(draw: (context: CanvasRenderingContext2D) => void): void
  remove(): void
}

export function createSurface(host: HTMLElement): Surface {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('aria-hidden', 'true')
  Object.assign(canvas.style, { position: 'absolute', left: '0', top: '0', pointerEvents: 'none', willChange: 'transform' })
  host.append(canvas)
  const context = canvas.getContext('2d')
  let scale = 1
  let place: Box | undefined
  let marked = false
  const watched = context && watchMarks(context, () => { marked = true })
  return {
    element: canvas,
    fit(box, density) {
      const before = scale === density ? place : undefined
      const next = before === undefined ? onGrid(box) : nextPlace(before, box)
      if (next === before) return false
      if (before === undefined || !sameSize(before, next)) {
        canvas.width = Math.max(1, Math.round(next.width * density))
        canvas.height = Math.max(1, Math.round(next.height * density))
        Object.assign(canvas.style, { width: `${next.width}px`, height: `${next.height}px` })
        marked = false
      }
      scale = density
      place = next
      canvas.style.transform = `translate(${next.x}px, ${next.y}px)`
      return true
    },
    paint(draw) {
      if (context === null || watched === null || place === undefined) return
      context.setTransform(1, 0, 0, 1, 0, 0)
      // A canvas that stays blank is not touched: the browser would put the whole of it on the screen again.
      if (marked) context.clearRect(0, 0, canvas.width, canvas.height)
      marked = false
      context.setTransform(scale, 0, 0, scale, -place.x * scale, -place.y * scale)
      draw(watched)
    },
    remove: () => { canvas.remove() },
  }
}

/** Places are kept to a grid of so many CSS pixels, so that a canvas that follows something small is not made anew with every movement. */
const GRID = 32
/** A canvas that is larger than it must be is kept up to this area (CSS pixels), or to so many times what is needed: the browser is slow to give it another size. */
const SMALL_AREA = 256 * 256
const MOST_WASTE = 4

/** Where a canvas that is at `place` should be to have room for `box`: the same place if it will do, else the same size if that will do. */
function nextPlace(place: Box, box: Box): Box {
  const needed = onGrid(box)
  const area = place.width * place.height
  if (area > Math.max(SMALL_AREA, MOST_WASTE * needed.width * needed.height)) return needed
  if (boxHasBox(place, box) || box.width === 0) return place
  return place.width >= needed.width && place.height >= needed.height ? { ...place, x: needed.x, y: needed.y } : needed
}

function onGrid({ x, y, width, height }: Box): Box {
  const left = Math.floor(x / GRID) * GRID
  const top = Math.floor(y / GRID) * GRID
  return { x: left, y: top, width: Math.ceil((x + width - left) / GRID) * GRID, height: Math.ceil((y + height - top) / GRID) * GRID }
}

function sameSize(a: Box, b: Box): boolean {
  return a.width === b.width && a.height === b.height
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
