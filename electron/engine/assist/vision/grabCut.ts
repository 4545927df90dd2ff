import type { AssistStroke } from '../../../../shared/domain/assist.ts'
import type { Box } from '../../../../shared/geometry/box.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { Raster } from '../raster.ts'
import { rasterPixel, toRaster, type Region } from '../region.ts'
import { withMats, type OpenCv } from './opencv.ts'

const ITERATIONS = 4

/**
 * The raster pixels (1 where set) of the object inside `box` (image pixels): colours outside of the box are background, and strokes say for sure what
 * belongs to the object and what does not. (Rother, Kolmogorov, Blake: GrabCut, 2004.)
 */
export function grabCut(cv: OpenCv, raster: Raster, region: Region, box: Box, strokes: readonly AssistStroke[]): Uint8Array {
  const { width, height } = region
  return withMats(cv, (own) => {
    const image = own(new cv.Mat(height, width, cv.CV_8UC3))
    image.data.set(raster.data)
    const trimap = own(cv.Mat.zeros(height, width, cv.CV_8UC1))
    fillBox(trimap.data, region, box, cv.GC_PR_FGD)
    for (const stroke of strokes) paintStroke(trimap.data, region, stroke, stroke.subtract ? cv.GC_BGD : cv.GC_FGD)
    if (!isSolvable(cv, trimap.data)) return trimap.data.map((value) => (value === cv.GC_FGD || value === cv.GC_PR_FGD ? 1 : 0))
    const models = [own(new cv.Mat()), own(new cv.Mat())] as const
    cv.grabCut(image, trimap, { x: 0, y: 0, width, height }, ...models, ITERATIONS, cv.GC_INIT_WITH_MASK)
    return trimap.data.map((value) => (value === cv.GC_FGD || value === cv.GC_PR_FGD ? 1 : 0))
  })
}

/** OpenCV learns colours of both sides and refuses to go on without either. */
function isSolvable(cv: OpenCv, trimap: Uint8Array): boolean {
  return [[cv.GC_FGD, cv.GC_PR_FGD], [cv.GC_BGD, cv.GC_PR_BGD]].every((side) => trimap.some((value) => side.includes(value)))
}

function fillBox(trimap: Uint8Array, region: Region, box: Box, value: number): void {
  const from = rasterPixel(region, [box.x, box.y])
  const to = rasterPixel(region, [box.x + box.width, box.y + box.height])
  for (let y = from.y; y <= to.y; y += 1) trimap.fill(value, y * region.width + from.x, y * region.width + to.x + 1)
}

function paintStroke(trimap: Uint8Array, region: Region, { points, radius }: AssistStroke, value: number): void {
  const reach = Math.max(1, (radius * region.width) / region.box.width)
  let before: Point | undefined
  for (const point of points.map((each) => toRaster(region, each))) {
    const from = before ?? point
    const steps = Math.max(1, Math.ceil(Math.hypot(point[0] - from[0], point[1] - from[1]) / reach))
    for (let step = 0; step <= steps; step += 1) {
      paintDisc(trimap, region, [from[0] + ((point[0] - from[0]) * step) / steps, from[1] + ((point[1] - from[1]) * step) / steps], reach, value)
    }
    before = point
  }
}

function paintDisc(trimap: Uint8Array, { width, height }: Region, [cx, cy]: Point, radius: number, value: number): void {
  for (let y = Math.max(0, Math.floor(cy - radius)); y <= Math.min(height - 1, cy + radius); y += 1) {
    for (let x = Math.max(0, Math.floor(cx - radius)); x <= Math.min(width - 1, cx + radius); x += 1) {
      if (Math.hypot(x + 0.5 - cx, y + 0.5 - cy) <= radius) trimap[y * width + x] = value
    }
  }
}
