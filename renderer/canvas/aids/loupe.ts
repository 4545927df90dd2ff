import type { Size } from '../../../shared/geometry/box.ts'
import { cameraAt, imageToScreen } from '../../../shared/geometry/camera.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import type { Editor } from '../../editor/store/editor.ts'
import type { EditorState } from '../../editor/store/state.ts'
import type { ImagePixels } from '../image/imageLayer.ts'
import { drawInteractionLayer } from '../interaction/interactionLayer.ts'
import { createSurface } from '../surface.ts'
import type { CanvasTheme } from '../theme.ts'
import { paintPixelGrid } from './pixelGrid.ts'

/** Sizes in CSS pixels. */
const DIAMETER = 176
const AWAY = 20
const CROSS = 6
const SIZE: Size = { width: DIAMETER, height: DIAMETER }

/** A round magnifier beside the pointer. It shows the image and what is in motion, but not the shapes at rest, which would hide the pixels. */
export interface Loupe {
  draw(state: EditorState, theme: CanvasTheme, density: number, filter: string): void
  remove(): void
}

export function createLoupe(host: HTMLElement, editor: Editor, pixels: ImagePixels): Loupe {
  const glass = document.createElement('div')
  glass.setAttribute('aria-hidden', 'true')
  glass.dataset['aid'] = 'loupe'
  Object.assign(glass.style, {
    position: 'absolute', top: '0', left: '0', width: `${DIAMETER}px`, height: `${DIAMETER}px`, overflow: 'hidden', pointerEvents: 'none',
    borderRadius: '50%', background: 'var(--fm-ground)', boxShadow: '0 0 0 2px rgb(255 255 255 / 90%), 0 2px 10px 2px rgb(0 0 0 / 50%)', zIndex: '1',
  })
  host.append(glass)
  const [image, overlay] = [createSurface(glass), createSurface(glass)]
  return {
    draw(state, theme, density, filter) {
      const { pointer, camera, display, viewSize } = state
      glass.hidden = !state.loupe || pointer === undefined
      if (glass.hidden || pointer === undefined) return
      const place = imageToScreen(camera, pointer)
      glass.style.transform = `translate(${beside(place[0], viewSize.width)}px, ${beside(place[1], viewSize.height)}px)`
      const near = cameraAt({ ...camera, zoom: camera.zoom * display.loupeFactor }, pointer, [DIAMETER / 2, DIAMETER / 2])
      image.element.style.filter = filter
      for (const surface of [image, overlay]) surface.fit({ x: 0, y: 0, ...SIZE }, density)
      image.paint((context) => { pixels.paint(context, near, SIZE, density) })
      overlay.paint((context) => {
        if (display.pixelGrid) paintPixelGrid(context, near, SIZE, editor.imageSize, density)
        drawInteractionLayer(context, editor, { ...state, camera: near, viewSize: SIZE }, theme, [])
        paintCross(context, [DIAMETER / 2, DIAMETER / 2])
      })
    },
    remove: () => { glass.remove() },
  }
}

/** Where the glass begins along one axis: after the pointer, or before it where there is no room. */
function beside(place: number, length: number): number {
  const after = place + AWAY
  return after + DIAMETER <= length ? after : Math.max(0, place - AWAY - DIAMETER)
}

/** Marks the place under the pointer. */
function paintCross(context: CanvasRenderingContext2D, [x, y]: Point): void {
  context.beginPath()
  context.moveTo(x - CROSS, y)
  context.lineTo(x + CROSS, y)
  context.moveTo(x, y - CROSS)
  context.lineTo(x, y + CROSS)
  for (const [style, width] of [['rgba(0, 0, 0, 0.6)', 3], ['#ffffff', 1]] as const) {
    context.strokeStyle = style
    context.lineWidth = width
    context.stroke()
  }
}
