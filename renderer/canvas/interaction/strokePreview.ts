import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import type { Size } from '../../../shared/geometry/box.ts'
import { sweptPolygons } from '../../../shared/geometry/brush.ts'
import type { Dab } from '../../../shared/geometry/brush.ts'
import { cameraMatrix } from '../../../shared/geometry/camera.ts'
import { eachPieceOfSweep } from '../../../shared/geometry/stroke.ts'
import type { Stroke } from '../../../shared/geometry/stroke.ts'
import type { EditorState, Preview } from '../../editor/store/state.ts'
import { paintMask } from '../shapes/paintMask.ts'
import { addTip } from './brushCircle.ts'

/** From this zoom on pixels can be told apart, and the preview shows exactly those that will be set. */
const PIXELS_FROM = 2

/** What a stroke changes: the mask as it was, if there is one, and the colour (#rrggbb) in which both are shown. */
interface Painted { readonly preview: Extract<Preview, { kind: 'stroke' }>; readonly base: ShapeGeometry | undefined; readonly color: string; readonly opacity: number }

/** The picture of the stroke under way, as large as the view, and how much of the stroke it shows. It is made once and drawn on, dab by dab. */
interface Picture { readonly canvas: OffscreenCanvas; readonly key: readonly unknown[]; readonly dabs: number }
const pictures = new WeakMap<Stroke, Picture>()

/** Draws the mask under a stroke with what the stroke has done so far, in screen pixels. A frame costs what the stroke grew by. */
export function paintStroke(context: CanvasRenderingContext2D, { camera, viewSize }: EditorState, imageSize: Size, painted: Painted): void {
  const { preview: { stroke, effect }, base, color, opacity } = painted
  const density = context.getTransform().a
  const key = [camera, viewSize, density, base, color]
  const before = pictures.get(stroke)
  const fresh = before === undefined || before.key.some((part, index) => part !== key[index])
  const canvas = before?.canvas ?? new OffscreenCanvas(1, 1)
  const picture = canvas.getContext('2d')
  if (picture === null) return
  if (fresh) {
    // Setting its size clears a canvas.
    canvas.width = Math.max(1, Math.round(viewSize.width * density))
    canvas.height = Math.max(1, Math.round(viewSize.height * density))
  }
  const { a, b, c, d, e, f } = cameraMatrix(camera)
  picture.setTransform(a * density, b * density, c * density, d * density, e * density, f * density)
  if (fresh && base?.kind === 'mask') paintMask(picture, base.rle, color)
  picture.globalCompositeOperation = effect === 'paint' ? 'source-over' : 'destination-out'
  picture.fillStyle = color
  const drawn = fresh ? 0 : before.dabs
  for (let index = drawn; index < stroke.dabs.length; index += 1) {
    const to = stroke.dabs[index]
    if (to !== undefined) paintSweep(picture, stroke, stroke.dabs[index - 1] ?? to, to, camera.zoom >= PIXELS_FROM ? imageSize : undefined)
  }
  picture.globalCompositeOperation = 'source-over'
  pictures.set(stroke, { canvas, key, dabs: stroke.dabs.length })
  context.globalAlpha = opacity
  context.drawImage(canvas, 0, 0, viewSize.width, viewSize.height)
  context.globalAlpha = 1
}

/** Fills what the brush covers on its way between two dabs: pixel by pixel on an image of `pixelsOf`, or smoothly. */
function paintSweep(context: OffscreenCanvasRenderingContext2D, { tip }: Stroke, from: Dab, to: Dab, pixelsOf: Size | undefined): void {
  if (pixelsOf !== undefined) {
    eachPieceOfSweep(tip, from, to, pixelsOf, (column, top, bottom) => { context.fillRect(column, top, 1, bottom - top) })
    return
  }
  for (const dab of [from, to]) {
    context.beginPath()
    addTip(context, tip, dab)
    context.fill()
  }
  for (const outline of sweptPolygons(tip, from, to)) {
    context.beginPath()
    for (const [x, y] of outline) context.lineTo(x, y)
    context.fill()
  }
}
