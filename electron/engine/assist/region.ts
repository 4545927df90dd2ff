import { boxBetween, type Box, type Size } from '../../../shared/geometry/box.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { clampPoint } from '../../../shared/geometry/transform.ts'

/** A part of the image that a tool looks at: `box` in whole image pixels, seen as a raster of `width` by `height` pixels. */
export interface Region extends Size { readonly box: Box }

/** The region around `box`, cut to the image and to whole pixels, with at most `maxPixels` raster pixels; undefined when nothing of it is on the image. */
export function regionOf(box: Box, image: Size, maxPixels: number): Region | undefined {
  const from = clampPoint([Math.floor(box.x), Math.floor(box.y)], image)
  const to = clampPoint([Math.ceil(box.x + box.width), Math.ceil(box.y + box.height)], image)
  const cut = boxBetween(from, to)
  if (cut.width < 1 || cut.height < 1) return undefined
  const scale = Math.min(1, Math.sqrt(maxPixels / (cut.width * cut.height)))
  return { box: cut, width: Math.max(1, Math.floor(cut.width * scale)), height: Math.max(1, Math.floor(cut.height * scale)) }
}

/** From image pixels to raster pixels. */
export function toRaster({ box, width, height }: Region, [x, y]: Point): Point {
  return [((x - box.x) * width) / box.width, ((y - box.y) * height) / box.height]
}

/** From raster pixels to image pixels. */
export function toImage({ box, width, height }: Region, [x, y]: Point): Point {
  return [box.x + (x * box.width) / width, box.y + (y * box.height) / height]
}

/** The raster pixel (column and row) that holds a place of the image, the nearest one for places outside. */
export function rasterPixel(region: Region, point: Point): { x: number; y: number } {
  const [x, y] = toRaster(region, point)
  const inside = (value: number, length: number) => Math.min(length - 1, Math.max(0, Math.floor(value)))
  return { x: inside(x, region.width), y: inside(y, region.height) }
}
