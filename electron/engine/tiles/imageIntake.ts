import type { Asset } from '../../../shared/domain/asset.ts'
import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import type { ImageDecoder } from './imageDecoder.ts'
import { IMAGE_MEDIA_TYPES, type CutTile, type ImageHeader } from './imageMessages.ts'
import type { ObjectFiles } from './objectFiles.ts'
import { pyramidOf, WHOLE_IMAGE_SIDE, type Pyramid } from './pyramid.ts'

/** Tiles that are stored in one transaction. */
const TILES_AT_ONCE = 32

/** Reads the header and holds it against what the orchestrator said of the image. @throws AssetProblem. */
export async function readCheckedHeader(decoder: ImageDecoder, file: string, asset: Asset, signal: AbortSignal): Promise<ImageHeader> {
  const header = await decoder.header(file, signal).catch((error: unknown) => {
    throw claimsToBeReadable(asset) && isUnsupported(error) ? new AssetProblem('imageCorrupt', `The file is not an image of the type ${asset.mediaType}`) : error
  })
  // Labels are in pixels of the image as it is shown: another size would put each of them in a wrong place.
  if (header.width !== asset.width || header.height !== asset.height) {
    throw new AssetProblem('imageCorrupt', `The image is shown at ${header.width} x ${header.height} pixels, the task says ${asset.width} x ${asset.height}`)
  }
  return header
}

/** Whether the window gets tiles: the image is large, or a browser would not show it, or not upright, or only the upper half of its bits. */
export function needsPyramid({ width, height, mediaType, turned, deep }: ImageHeader): boolean {
  if (Math.max(width, height) > WHOLE_IMAGE_SIDE || mediaType === 'image/tiff') return true
  return (turned && mediaType !== 'image/jpeg') || (deep && mediaType === 'image/png')
}

/** Whether it is worth while to make an overview before the pyramid; that of a deep image would need all its values. */
export function hasQuickOverview({ width, height, deep }: ImageHeader): boolean {
  return !deep && Math.max(width, height) > WHOLE_IMAGE_SIDE
}

/** Makes the overview of an image and hands it over as one group. @throws AssetProblem, or what `onTiles` throws. */
export async function overviewOf(decoder: ImageDecoder, files: ObjectFiles, { sha256 }: Asset, { width, height }: ImageHeader, signal: AbortSignal, onTiles: (tiles: CutTile[]) => void): Promise<void> {
  const tiles: CutTile[] = []
  await decoder.overview(files.path(sha256), pyramidOf(width, height), signal, (tile) => tiles.push(tile))
  onTiles(tiles)
}

/** Cuts an image into tiles and hands them over in groups. @throws AssetProblem, or what `onTiles` throws. */
export async function cutInGroups(decoder: ImageDecoder, files: ObjectFiles, asset: Asset, signal: AbortSignal, onTiles: (tiles: CutTile[]) => void): Promise<Pyramid> {
  let group: CutTile[] = []
  const onTile = (tile: CutTile) => {
    group.push(tile)
    if (group.length < TILES_AT_ONCE) return
    onTiles(group)
    group = []
  }
  const pyramid = await files.withScratch((scratch) => decoder.cut(files.path(asset.sha256), scratch, signal, onTile))
  onTiles(group)
  return pyramid
}

function isUnsupported(error: unknown): boolean {
  return error instanceof AssetProblem && error.problem.code === 'imageUnsupported'
}

function claimsToBeReadable({ mediaType }: Asset): boolean {
  return IMAGE_MEDIA_TYPES.some((known) => known === mediaType)
}
