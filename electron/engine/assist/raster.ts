import type { Size } from '../../../shared/geometry/box.ts'
import { sharp } from '../tiles/sharp.ts'
import type { PixelSource } from './messages.ts'
import type { Region } from './region.ts'

/** Colours of a region, row by row, three bytes (red, green, blue) a pixel. */
export interface Raster extends Size { readonly data: Uint8Array }

/** Reads regions of one image after another. A whole image is decoded once and kept until the next one comes. */
export class RasterReader {
  #whole: { key: string; raster: Raster } | undefined
  #last: { key: string; raster: Raster } | undefined

  async read(source: PixelSource, region: Region): Promise<Raster> {
    const key = JSON.stringify([source.key, region])
    if (this.#last?.key === key) return this.#last.raster
    const raster = source.kind === 'whole' ? await cut(await this.#decode(source), region) : await assemble(source, region)
    this.#last = { key, raster }
    return raster
  }

  async #decode(source: Extract<PixelSource, { kind: 'whole' }>): Promise<Raster> {
    if (this.#whole?.key === source.key) return this.#whole.raster
    const raster = await decode(source.bytes)
    this.#whole = { key: source.key, raster }
    return raster
  }
}

async function decode(bytes: Uint8Array): Promise<Raster> {
  const { data, info } = await sharp(bytes).autoOrient().toColourspace('srgb').flatten().removeAlpha().raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/** A part of a raster, made smaller to the region's size. */
async function cut({ data, width, height }: Raster, { box, ...size }: Region): Promise<Raster> {
  const image = sharp(data, { raw: { width, height, channels: 3 } }).extract({ left: box.x, top: box.y, width: box.width, height: box.height })
  return { data: await image.resize(size.width, size.height, { fit: 'fill' }).raw().toBuffer(), ...size }
}

/** Lays the tiles of a pyramid level beside each other; places in pixels of the level. */
async function assemble({ tiles, box }: Extract<PixelSource, { kind: 'tiles' }>, region: Region): Promise<Raster> {
  const whole = new Uint8Array(box.width * box.height * 3)
  for (const { x, y, bytes } of tiles) {
    const tile = await decode(bytes)
    const [left, right] = [Math.max(x, box.x), Math.min(x + tile.width, box.x + box.width)]
    if (left >= right) continue
    for (let row = Math.max(y, box.y); row < Math.min(y + tile.height, box.y + box.height); row += 1) {
      const from = ((row - y) * tile.width + left - x) * 3
      whole.set(tile.data.subarray(from, from + (right - left) * 3), ((row - box.y) * box.width + left - box.x) * 3)
    }
  }
  return cut({ data: whole, width: box.width, height: box.height }, { box: { x: 0, y: 0, width: box.width, height: box.height }, width: region.width, height: region.height })
}
