import type { Asset } from '../../../shared/domain/asset.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import type { Sha256 } from '../../../shared/domain/ids.ts'
import type { Picture } from '../tiles/imageMessages.ts'
import type { TilePlace } from '../../../shared/domain/tileKey.ts'
import type { PixelSource } from './messages.ts'
import type { Region } from './region.ts'

/** What is read of the cached images. */
export interface CachedPixels {
  describe(asset: Asset): ImageSource | undefined
  readWhole(sha256: Sha256): Promise<Picture | undefined>
  readTile(sha256: Sha256, place: TilePlace): Picture | undefined
}

/** The encoded pixels of a region: the image's file, or the tiles of the level that is at least as fine as the region; undefined when they are not cached. */
export async function pixelSource(images: CachedPixels, asset: Asset, region: Region): Promise<PixelSource | undefined> {
  const image = images.describe(asset)
  if (image === undefined) return undefined
  if (image.kind === 'pyramid') return tilesOf(images, asset.sha256, image, region)
  const picture = await images.readWhole(asset.sha256)
  return picture && { kind: 'whole', key: asset.sha256, bytes: picture.bytes }
}

function tilesOf(images: CachedPixels, sha256: Sha256, image: Extract<ImageSource, { kind: 'pyramid' }>, { box, width }: Region): PixelSource {
  const { tileSize, overlap, maxLevel } = image
  const down = Math.max(0, Math.min(maxLevel, Math.floor(Math.log2(box.width / width))))
  const shrink = 2 ** down
  const [left, top] = [Math.floor(box.x / shrink), Math.floor(box.y / shrink)]
  const right = Math.min(Math.ceil(image.width / shrink), Math.ceil((box.x + box.width) / shrink))
  const bottom = Math.min(Math.ceil(image.height / shrink), Math.ceil((box.y + box.height) / shrink))
  const tiles: { x: number; y: number; bytes: Uint8Array<ArrayBuffer> }[] = []
  for (let row = Math.floor(top / tileSize); row * tileSize < bottom; row += 1) {
    for (let column = Math.floor(left / tileSize); column * tileSize < right; column += 1) {
      const tile = images.readTile(sha256, { level: maxLevel - down, column, row })
      if (tile !== undefined) tiles.push({ x: Math.max(0, column * tileSize - overlap), y: Math.max(0, row * tileSize - overlap), bytes: tile.bytes })
    }
  }
  return { kind: 'tiles', key: `${sha256}/${maxLevel - down}`, box: { x: left, y: top, width: right - left, height: bottom - top }, tiles }
}
