import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import type { Size } from '../../../shared/geometry/box.ts'
import { sweptPolygons } from '../../../shared/geometry/brush.ts'
import type { Dab } from '../../../shared/geometry/brush.ts'
import { cameraMatrix } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { Rle } from '../../../shared/geometry/rle.ts'
import { eachPieceOfSweep } from '../../../shared/geometry/stroke.ts'
import type { Stroke } from '../../../shared/geometry/stroke.ts'
import type { EditorState, Preview } from '../../editor/store/state.ts'
import { paintMask } from '../shapes/paintMask.ts'
import { addTip } from './brushCircle.ts'

/** From this zoom on pixels can be told apart, and the preview shows exactly those that will be set. */
const PIXELS_FROM = 2

/**
 * What a stroke changes: the mask as it was, if there is one, and the colour (#rrggbb) in which both are shown. `spared` are the masks that painting
 * leaves alone.
 */
interface Painted {
  readonly preview: Extract<Preview, { kind: 'stroke' }>
  readonly base: ShapeGeometry | undefined
  readonly spared: readonly Rle[]
  readonly color: string
  readonly opacity: number
}

/** The picture of the stroke under way, as large as the view, and how much of the stroke it shows. It is made once and drawn on, dab by dab. */
interface Picture { readonly whole: Sheet; readonly stroke: Sheet; readonly key: readonly unknown[]; readonly dabs: number }
type Sheet = OffscreenCanvasRenderingContext2D
const pictures = new WeakMap<Stroke, Picture>()

/** Draws the mask under a stroke with what the stroke has done so far, in screen pixels. A frame costs what the stroke grew by. */
export function paintStroke(context: CanvasRenderingContext2D, { camera, viewSize }: EditorState, imageSize: Size, painted: Painted): void {
  const { preview: { stroke, effect }, base, spared, color, opacity } = painted
  const density = context.getTransform().a
  const key = [camera, viewSize, density, base, color]
  const before = pictures.get(stroke)
  const picture = before?.key.every((part, index) => part === key[index]) === true ? before : newPicture(key, camera, viewSize, density, spared.length > 0)
  if (picture === undefined) return
  if (picture.dabs === 0 && base?.kind === 'mask') paintMask(picture.whole, base.rle, color)
  picture.stroke.globalCompositeOperation = effect === 'paint' ? 'source-over' : 'destination-out'
  picture.stroke.fillStyle = color
  for (let index = picture.dabs; index < stroke.dabs.length; index += 1) {
    const to = stroke.dabs[index]
    if (to !== undefined) paintSweep(picture.stroke, stroke, stroke.dabs[index - 1] ?? to, to, camera.zoom >= PIXELS_FROM ? imageSize : undefined)
  }
  if (picture.stroke !== picture.whole) addSpared(picture, spared, color)
  pictures.set(stroke, { ...picture, dabs: stroke.dabs.length })
  context.globalAlpha = opacity
  context.drawImage(picture.whole.canvas, 0, 0, viewSize.width, viewSize.height)
  context.globalAlpha = 1
}

/** An empty picture whose sheets are in image pixels. A stroke that spares other masks is drawn on a sheet of its own first. */
function newPicture(key: Picture['key'], camera: Camera, { width, height }: Size, density: number, apart: boolean): Picture | undefined {
  const makeSheet = () => {
    const sheet = new OffscreenCanvas(Math.max(1, Math.round(width * density)), Math.max(1, Math.round(height * density))).getContext('2d')
    const { a, b, c, d, e, f } = cameraMatrix(camera)
    sheet?.setTransform(a * density, b * density, c * density, d * density, e * density, f * density)
    return sheet
  }
  const whole = makeSheet()
  const stroke = apart ? makeSheet() : whole
  return whole === null || stroke === null ? undefined : { whole, stroke, key, dabs: 0 }
}

/** Cuts the other masks out of the stroke and lays it over the mask. */
function addSpared({ whole, stroke }: Picture, spared: readonly Rle[], color: string): void {
  stroke.globalCompositeOperation = 'destination-out'
  for (const rle of spared) paintMask(stroke, rle, color)
  whole.save()
  whole.resetTransform()
  whole.drawImage(stroke.canvas, 0, 0)
  whole.restore()
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
