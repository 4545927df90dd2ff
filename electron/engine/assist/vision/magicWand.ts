import type { WandSeed } from '../../../../shared/domain/assist.ts'
import type { Raster } from '../raster.ts'
import { rasterPixel, type Region } from '../region.ts'
import { withMats, type OpenCv } from './opencv.ts'

/**
 * The raster pixels (1 where set) that hang together with the seeds, through sides, and differ from a seed's colour by at most its tolerance in each
 * channel. Later seeds add to what earlier ones found, or take away from it.
 */
export function magicWand(cv: OpenCv, raster: Raster, region: Region, seeds: readonly WandSeed[]): Uint8Array {
  const { width, height } = region
  const found = new Uint8Array(width * height)
  return withMats(cv, (own) => {
    const image = own(new cv.Mat(height, width, cv.CV_8UC3))
    image.data.set(raster.data)
    for (const { point, tolerance, subtract } of seeds) {
      // OpenCV wants a mask with a rim of one pixel around the image.
      const filled = own(cv.Mat.zeros(height + 2, width + 2, cv.CV_8UC1))
      const range = [tolerance, tolerance, tolerance, 0]
      cv.floodFill(
        image, filled, rasterPixel(region, point), [0, 0, 0, 0], { x: 0, y: 0, width: 0, height: 0 }, range, range,
        4 | (1 << 8) | cv.FLOODFILL_MASK_ONLY | cv.FLOODFILL_FIXED_RANGE,
      )
      for (let y = 0; y < height; y += 1) {
        const rim = (y + 1) * (width + 2) + 1
        for (let x = 0; x < width; x += 1) if (filled.data[rim + x] === 1) found[y * width + x] = subtract ? 0 : 1
      }
    }
    return found
  })
}
