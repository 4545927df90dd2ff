import type { Size } from '../../../shared/geometry/box.ts'
import { UPRIGHT } from '../../../shared/geometry/camera.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import type { ImagePixels } from './imageLayer.ts'

/** A pixel of the image: its column and row, and its colour from 0 to 255 as it is stored. */
export interface Pixel { readonly column: number; readonly row: number; readonly rgb: readonly [number, number, number] | undefined }

const ONE: Size = { width: 1, height: 1 }

/** Reads single pixels of the image as far as it has been loaded; undefined beside the image, no colour where nothing is loaded. */
export function createPixelReader(pixels: ImagePixels, image: Size): (place: Point) => Pixel | undefined {
  let context: OffscreenCanvasRenderingContext2D | null | undefined
  return ([x, y]) => {
    const [column, row] = [Math.floor(x), Math.floor(y)]
    // A canvas in ordinary memory, so that reading never waits for the graphics card.
    context ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    if (context === null || column < 0 || row < 0 || column >= image.width || row >= image.height) return undefined
    context.clearRect(0, 0, 1, 1)
    pixels.paint(context, { ...UPRIGHT, x: column, y: row, zoom: 1 }, ONE, 1)
    const [red = 0, green = 0, blue = 0, opacity = 0] = context.getImageData(0, 0, 1, 1).data
    return { column, row, rgb: opacity === 0 ? undefined : [red, green, blue] }
  }
}
