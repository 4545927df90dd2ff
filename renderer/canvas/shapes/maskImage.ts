import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { decodeMask, maskBounds } from '../../../shared/geometry/mask.ts'

type Mask = Extract<ShapeGeometry, { kind: 'mask' }>
interface MaskImage { readonly color: string; readonly image: OffscreenCanvas; readonly box: Box }
const images = new WeakMap<Mask, MaskImage>()

/** A mask as a picture in one colour (#rrggbb), cut to its bounds (image pixels); undefined for an empty or damaged one. */
export function maskImage(mask: Mask, color: string): MaskImage | undefined {
  const known = images.get(mask)
  if (known?.color === color) return known
  const made = paint(mask, color)
  if (made !== undefined) images.set(mask, made)
  return made
}

function paint({ rle }: Mask, color: string): MaskImage | undefined {
  const box = maskBounds(rle)
  if (box.width === 0) return undefined
  const image = new OffscreenCanvas(box.width, box.height)
  const context = image.getContext('2d')
  if (context === null) return undefined
  const width = rle.size[1]
  const pixels = decodeMask(rle)
  const target = context.createImageData(box.width, box.height)
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  for (let y = 0; y < box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1) {
      if (pixels[(box.y + y) * width + box.x + x] === 1) target.data.set([red ?? 0, green ?? 0, blue ?? 0, 255], 4 * (y * box.width + x))
    }
  }
  context.putImageData(target, 0, 0)
  return { color, image, box }
}
