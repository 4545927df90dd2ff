import type { Point } from '../../../../shared/geometry/point.ts'
import { simplifyPath } from '../../../../shared/geometry/simplify.ts'
import type { Raster } from '../raster.ts'
import { rasterPixel, toImage, type Region } from '../region.ts'
import { withMats, type OpenCv, type Scissors } from './opencv.ts'

/** Raster pixels by which the way may be simplified. */
const TOLERANCE = 0.9

/** The way along edges from one place to another (Mortensen, Barrett: Intelligent Scissors, 1995). The ways from the last place are kept. */
export class LiveWire {
  readonly #cv: OpenCv
  #ready: { raster: Raster; from: string; scissors: Scissors } | undefined

  constructor(cv: OpenCv) {
    this.#cv = cv
  }

  /** In image pixels, both ends included as they are given. */
  path(raster: Raster, region: Region, from: Point, to: Point): Point[] {
    return withMats(this.#cv, (own) => {
      const scissors = this.#from(raster, region, from)
      const contour = own(new this.#cv.Mat())
      scissors.getContour(rasterPixel(region, to), contour)
      const way = Array.from({ length: contour.rows * contour.cols }, (_, at): Point => [(contour.data32S[2 * at] ?? 0) + 0.5, (contour.data32S[2 * at + 1] ?? 0) + 0.5])
      const between = simplifyPath(way, TOLERANCE).slice(1, -1).map((point) => toImage(region, point))
      return [from, ...between, to]
    })
  }

  #from(raster: Raster, region: Region, from: Point): Scissors {
    const place = from.join()
    if (this.#ready?.raster === raster && this.#ready.from === place) return this.#ready.scissors
    this.#ready?.scissors.delete()
    this.#ready = undefined
    const scissors = withMats(this.#cv, (own) => {
      const made = new this.#cv.segmentation_IntelligentScissorsMB()
      made.setEdgeFeatureCannyParameters(32, 100)
      made.setGradientMagnitudeMaxLimit(200)
      const image = own(new this.#cv.Mat(region.height, region.width, this.#cv.CV_8UC3))
      image.data.set(raster.data)
      made.applyImage(image)
      made.buildMap(rasterPixel(region, from))
      return made
    })
    this.#ready = { raster, from: place, scissors }
    return scissors
  }
}
