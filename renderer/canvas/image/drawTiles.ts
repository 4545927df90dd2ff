import { intersectBoxes, type Box } from '../../../shared/geometry/box.ts'
import { imageToScreen, screenToImage } from '../../../shared/geometry/camera.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { Context2D } from '../surface.ts'
import { parentOf } from './pyramid.ts'
import type { Pyramid, Tile } from './pyramid.ts'

export interface TileDrawing {
  readonly pyramid: Pyramid
  readonly camera: Camera
  /** Device pixels per CSS pixel. */
  readonly density: number
  readonly get: (tile: Tile) => ImageBitmap | undefined
}

/** Draws tiles of one level in image pixels; in place of a tile that is missing, the part of the finest coarser one that is there. */
export function drawTiles(context: Context2D, tiles: readonly Tile[], drawing: TileDrawing): void {
  for (const tile of tiles) {
    let source: Tile | undefined = tile
    let bitmap = drawing.get(tile)
    while (bitmap === undefined && source !== undefined) {
      source = parentOf(drawing.pyramid, source)
      bitmap = source && drawing.get(source)
    }
    if (bitmap !== undefined && source !== undefined) drawPart(context, bitmap, source, tile.box, drawing)
  }
}

/** Puts tiles in place of the coarser ones that were drawn there. */
export function replaceTiles(context: Context2D, tiles: readonly Tile[], drawing: TileDrawing): void {
  for (const tile of tiles) {
    const { x, y, width, height } = onDevicePixels(tile.box, drawing)
    // What is seen through would show the coarser tile. Slanted edges would only be cleared in part.
    if (!isSlanted(drawing.camera)) context.clearRect(x, y, width, height)
  }
  drawTiles(context, tiles, drawing)
}

/** Whether the edges of the image are neither level nor upright on the screen. */
export function isSlanted({ rotation }: Camera): boolean {
  return rotation % 90 !== 0
}

function drawPart(context: Context2D, bitmap: ImageBitmap, source: Tile, part: Box, drawing: TileDrawing): void {
  const box = intersectBoxes(source.box, part)
  if (box === undefined || box.width === 0 || box.height === 0) return
  // A tile at the edge may be padded: only its own pixels are shown.
  const across = Math.min(source.size.width, bitmap.width) / source.box.width
  const down = Math.min(source.size.height, bitmap.height) / source.box.height
  const to = onDevicePixels(box, drawing)
  context.drawImage(
    bitmap, (box.x - source.box.x) * across, (box.y - source.box.y) * down, box.width * across, box.height * down,
    to.x, to.y, to.width, to.height,
  )
}

/** A box whose edges lie between device pixels, so that neither a gap nor a seam is seen between tiles; a slanted view has no such edges. */
function onDevicePixels(box: Box, { camera, density }: TileDrawing): Box {
  if (isSlanted(camera)) return box
  const snap = (x: number, y: number) => {
    const [across, down] = imageToScreen(camera, [x, y])
    return screenToImage(camera, [Math.round(across * density) / density, Math.round(down * density) / density])
  }
  const [left, top] = snap(box.x, box.y)
  const [right, bottom] = snap(box.x + box.width, box.y + box.height)
  return { x: left, y: top, width: right - left, height: bottom - top }
}
