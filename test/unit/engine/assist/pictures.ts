import { sharp } from '../../../../electron/engine/tiles/sharp.ts'
import { AssetSchema, type Asset } from '../../../../shared/domain/asset.ts'
import type { CachedPixels } from '../../../../electron/engine/assist/pixelSource.ts'
import { rasterizeRings } from '../../../../shared/geometry/rasterize.ts'
import { intersectMasks, maskArea, uniteMasks } from '../../../../shared/geometry/mask.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { Rle } from '../../../../shared/geometry/rle.ts'

export const SIZE = { width: 640, height: 480 }
/** A bright ellipse on a dull ground. */
export const OBJECT = { cx: 300, cy: 240, rx: 130, ry: 90 }

const inObject = (x: number, y: number) => ((x - OBJECT.cx) / OBJECT.rx) ** 2 + ((y - OBJECT.cy) / OBJECT.ry) ** 2 <= 1

/** A place on the edge of the object; degrees clockwise from the right. */
export function onObject(degrees: number): Point {
  const angle = (degrees * Math.PI) / 180
  return [OBJECT.cx + OBJECT.rx * Math.cos(angle), OBJECT.cy + OBJECT.ry * Math.sin(angle)]
}

const OBJECT_RING = Array.from({ length: 180 }, (_, at) => onObject(2 * at))

/** A picture of the object as PNG, with a little noise that is always the same. */
export async function objectPicture(): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } = SIZE
  const data = new Uint8Array(width * height * 3)
  let noise = 1
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      noise = (noise * 1_103_515_245 + 12_345) % 2_147_483_648
      const grain = (noise >> 16) % 9
      data.set(inObject(x + 0.5, y + 0.5) ? [215 + grain, 70 + grain, 50 + grain] : [60 + grain, 90 + grain, 120 + grain], (y * width + x) * 3)
    }
  }
  return Uint8Array.from(await sharp(data, { raw: { width, height, channels: 3 } }).png().toBuffer())
}

export const ASSET: Asset = AssetSchema.parse({
  id: 'asset-1', projectId: 'project-1', uri: 'object:pictures/object.png', name: 'object.png', sha256: 'a'.repeat(64), size: 1, mediaType: 'image/png', ...SIZE,
  tileSource: { kind: 'whole' },
})

/** The picture as the cache has it. */
export function cachedPicture(bytes: Uint8Array<ArrayBuffer>): CachedPixels {
  return {
    describe: () => ({ kind: 'whole', url: 'fieldmark-data://image', ...SIZE }),
    readWhole: () => Promise.resolve({ bytes, mediaType: 'image/png' }),
    readTile: () => undefined,
  }
}

/** How well polygons match the object: intersection over union, 0 to 1. */
export function likeness(rings: readonly (readonly Point[])[]): number {
  return maskLikeness(rasterizeRings(rings, SIZE))
}

export function maskLikeness(mask: Rle): number {
  const object = rasterizeRings([OBJECT_RING], SIZE)
  return maskArea(intersectMasks(mask, object)) / maskArea(uniteMasks(mask, object))
}

const TILE = 256

/** The picture as the cache has it when it is cut into a pyramid; the tiles of full resolution alone. */
export async function cachedPyramid(bytes: Uint8Array<ArrayBuffer>): Promise<CachedPixels> {
  const maxLevel = Math.ceil(Math.log2(Math.max(SIZE.width, SIZE.height)))
  const tiles = new Map<string, Uint8Array<ArrayBuffer>>()
  for (let row = 0; row * TILE < SIZE.height; row += 1) {
    for (let column = 0; column * TILE < SIZE.width; column += 1) {
      const [left, top] = [column * TILE, row * TILE]
      const part = { left, top, width: Math.min(TILE, SIZE.width - left), height: Math.min(TILE, SIZE.height - top) }
      tiles.set(`${maxLevel}/${column}_${row}`, Uint8Array.from(await sharp(bytes).extract(part).png().toBuffer()))
    }
  }
  return {
    describe: () => ({ kind: 'pyramid', urlTemplate: 'fieldmark-data://tile', tileSize: TILE, overlap: 0, maxLevel, ...SIZE }),
    readWhole: () => Promise.resolve(undefined),
    readTile: (_, { level, column, row }) => {
      const tile = tiles.get(`${level}/${column}_${row}`)
      return tile && { bytes: tile, mediaType: 'image/png' }
    },
  }
}
