import { ClassIdSchema, ShapeIdSchema } from '../../../../../shared/domain/ids.ts'
import type { Shape } from '../../../../../shared/domain/shape.ts'
import { cameraToFit, UPRIGHT } from '../../../../../shared/geometry/camera.ts'
import { maskArea } from '../../../../../shared/geometry/mask.ts'
import type { Point } from '../../../../../shared/geometry/point.ts'
import { rasterizeRings } from '../../../../../shared/geometry/rasterize.ts'
import type { Rle } from '../../../../../shared/geometry/rle.ts'
import { mountCanvas } from '../../../../../renderer/canvas/mountCanvas.ts'
import { changeBrush } from '../../../../../renderer/editor/actions/maskActions.ts'
import type { Editor } from '../../../../../renderer/editor/store/editor.ts'
import { frameTimes, nextFramePresented } from '../frames.ts'
import { NOW, openEditor, USER } from '../openEditor.ts'
import { COLORS, IMAGE } from '../scene.ts'
import { toScreen } from '../subject.ts'

/** An image of 50 megapixels. */
const SIZE = { width: 8660, height: 5774 }
const FRAMES = 120
/** The brush as wide as a hand paints with, in CSS pixels. */
const BRUSH = 60
/** How far the mask goes to each side of the middle, as a share of the image. */
const REACH = [0.42, 0.36] as const
const ID = ShapeIdSchema.parse('mask')

/** Times in milliseconds. */
export interface BrushBench {
  /** Shows a mask with a ragged border over most of the image, and takes the brush in hand. */
  prepare(): Promise<void>
  /** Paints a long stroke over the mask's border and beyond; the times of its frames, and from lifting the pen to the frame that shows the new mask. */
  stroke(place: 'all' | 'oneToOne'): Promise<{ frames: number[]; lift: number }>
}

declare global {
  interface Window { brushBench: BrushBench }
}

/** Lets the script that drives the page measure how the brush paints in `host`. */
export function installBrushBench(host: HTMLElement): void {
  let editor: Editor
  const pointer = (type: 'pointermove' | 'pointerdown' | 'pointerup', place: Point) => {
    const [clientX, clientY] = toScreen(editor.state.getState().camera, place)
    host.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0, buttons: type === 'pointerup' ? 0 : 1, bubbles: true }))
  }
  const area = () => {
    const record = editor.state.getState().records.get(ID)
    return record?.type === 'shape' && record.geometry.kind === 'mask' ? maskArea(record.geometry.rle) : 0
  }

  window.brushBench = {
    async prepare() {
      editor = openEditor([shapeOf(raggedMask())], SIZE)
      await new Promise<void>((resolve, reject) => {
        mountCanvas(host, editor, { kind: 'whole', url: IMAGE.url, ...SIZE }, { onImageShown: resolve, onImageProblem: reject, onPixels: () => {} })
        editor.dispatch({ type: 'resize', size: { width: host.clientWidth, height: host.clientHeight } })
      })
      editor.update({ selection: new Set([ID]) })
      editor.setTool('brush')
    },
    async stroke(place) {
      const view = { width: host.clientWidth, height: host.clientHeight }
      const fit = cameraToFit({ x: 0, y: 0, ...SIZE }, view, 0, UPRIGHT)
      const zoom = place === 'all' ? fit.zoom : 1
      // At 1:1 where the mask's border is.
      editor.look(place === 'all' ? fit : { ...UPRIGHT, zoom, x: SIZE.width * (0.5 + REACH[0]) - view.width / 2, y: (SIZE.height - view.height) / 2 })
      changeBrush(editor, { diameter: BRUSH / zoom })
      await nextFramePresented()
      const { camera } = editor.state.getState()
      const at = (index: number): Point => {
        const turn = index / 9
        const reach = 0.42 * (0.3 + (0.7 * index) / FRAMES)
        return [camera.x + (view.width * (0.5 + reach * Math.cos(turn))) / zoom, camera.y + (view.height * (0.5 + reach * Math.sin(turn))) / zoom]
      }
      const before = area()
      pointer('pointermove', at(0))
      pointer('pointerdown', at(0))
      const frames = await frameTimes(FRAMES, (index) => { pointer('pointermove', at(index)) })
      const begin = performance.now()
      pointer('pointerup', at(FRAMES))
      const lift = (await nextFramePresented()) - begin
      if (area() <= before) throw new Error('The stroke painted nothing')
      return { frames, lift }
    },
  }
}

/** A blob over most of the image whose border is ragged by a few pixels, as a segmentation's is: thousands of runs. */
function raggedMask(): Rle {
  const points = 20_000
  return rasterizeRings([Array.from({ length: points }, (_, index): Point => {
    const angle = (index / points) * 2 * Math.PI
    const reach = 1 + 0.1 * Math.sin(angle * 7) + 0.004 * Math.sin(index * 1.7)
    return [SIZE.width / 2 + REACH[0] * SIZE.width * reach * Math.cos(angle), SIZE.height / 2 + REACH[1] * SIZE.height * reach * Math.sin(angle)]
  })], SIZE)
}

function shapeOf(rle: Rle): Shape {
  return {
    type: 'shape', id: ID, classId: ClassIdSchema.parse(COLORS[0]?.slice(1)), geometry: { kind: 'mask', rle }, attributes: {}, provenance: { source: 'human' }, order: 0,
    createdBy: USER, createdAt: NOW,
  }
}
