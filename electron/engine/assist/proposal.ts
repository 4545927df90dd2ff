import type { AssistRegion } from '../../../shared/domain/assist.ts'
import type { Assistant } from '../../../shared/domain/shape.ts'
import type { Size } from '../../../shared/geometry/box.ts'
import { encodeMask } from '../../../shared/geometry/mask.ts'
import { maskPolygons } from '../../../shared/geometry/maskOutline.ts'
import type { Point } from '../../../shared/geometry/point.ts'
import { polygonArea, ringArea } from '../../../shared/geometry/polygon.ts'
import type { Rle } from '../../../shared/geometry/rle.ts'
import { createRuns, rleOfRuns } from '../../../shared/geometry/runs.ts'
import { simplifyRing } from '../../../shared/geometry/simplify.ts'
import { toImage, type Region } from './region.ts'

/** How far a polygon may stray from the border of the pixels that were found, in raster pixels: it takes the stairs out of slanted edges. */
const TOLERANCE = 1.1
/** Specks and pinholes below this share of the whole area, or this many raster pixels, are noise. */
const NOISE_SHARE = 0.002
const NOISE_PIXELS = 12

/** Turns the raster pixels that a tool found (1 where set) into a proposal in image pixels. */
export function proposalOf(pixels: Uint8Array, region: Region, image: Size, assistant: Assistant, withMask: boolean): AssistRegion {
  const polygons = withoutNoise(maskPolygons(encodeMask(pixels, region.width, region.height)))
  const parts = polygons.flatMap((rings) => {
    const [outline, ...holes] = rings.map((ring) => simplifyRing(ring, TOLERANCE).map((point) => toImage(region, point)))
    return outline === undefined ? [] : [[outline, ...holes]]
  })
  return { kind: 'region', parts, assistant, ...(withMask && { mask: maskOnImage(pixels, region, image) }) }
}

/** The largest parts first. */
function withoutNoise(polygons: Point[][][]): Point[][][] {
  const total = polygons.reduce((sum, rings) => sum + polygonArea(rings), 0)
  const least = Math.max(NOISE_PIXELS, NOISE_SHARE * total)
  const sized = polygons.map(([outline = [], ...holes]) => [outline, ...holes.filter((hole) => ringArea(hole) >= least)])
    .map((rings) => ({ rings, area: polygonArea(rings) })).filter(({ area }) => area >= least)
  return sized.sort((a, b) => b.area - a.area).map(({ rings }) => rings)
}

/** The raster laid over the whole image: an image pixel is set when its centre lies in a raster pixel that is. */
function maskOnImage(pixels: Uint8Array, { box, width, height }: Region, image: Size): Rle {
  const runs = createRuns()
  const rowOf = (y: number) => Math.floor(((y + 0.5) * height) / box.height)
  for (let x = 0; x < box.width; x += 1) {
    const column = Math.floor(((x + 0.5) * width) / box.width)
    const top = (box.x + x) * image.height + box.y
    let start: number | undefined
    for (let y = 0; y <= box.height; y += 1) {
      const set = y < box.height && pixels[rowOf(y) * width + column] === 1
      if (set && start === undefined) start = y
      if (set || start === undefined) continue
      runs.add(top + start, top + y)
      start = undefined
    }
  }
  return rleOfRuns(runs.done(), [image.height, image.width])
}
