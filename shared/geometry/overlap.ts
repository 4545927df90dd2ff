import { areaPaths, Clipper64, ClipType, FillRule } from 'clipper2-ts'
import type { Paths64 } from 'clipper2-ts'
import { GRID, onGrid, ringsOf } from './booleans.ts'
import type { Rings } from './booleans.ts'
import { intersectBoxes } from './box.ts'
import { maskArea, maskSize } from './mask.ts'
import { rasterizeRings } from './rasterize.ts'
import type { Rle } from './rle.ts'
import { combineRuns, runsOf } from './runs.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'

/**
 * Intersection over union of two surfaces, 0 to 1; 0 where either is no surface. Surfaces without area share all with what is equal to them and nothing with
 * the rest. An ellipse counts as its 64 points (0.2 % less area), a polygon by the even-odd rule. Where one is a mask, pixels are counted, of the other
 * those whose centres lie inside; masks of images of different sizes share nothing.
 * @throws RangeError for a mask that cannot be read.
 */
export function intersectionOverUnion(a: ShapeGeometry, b: ShapeGeometry): number {
  if (a.kind === 'rectangle' && b.kind === 'rectangle') {
    const shared = intersectBoxes(a, b)
    const isSame = () => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
    return shareOf(shared === undefined ? 0 : shared.width * shared.height, a.width * a.height, b.width * b.height, isSame)
  }
  const mask = a.kind === 'mask' ? a.rle : b.kind === 'mask' ? b.rle : undefined
  return mask === undefined ? overlapOfRings(a, b) : overlapOfMasks(maskOn(a, mask), maskOn(b, mask))
}

/** The area of what two polygons have in common, in square pixels, each by the even-odd rule. */
function sharedArea(a: Rings, b: Rings): number {
  const clipper = new Clipper64()
  clipper.addSubject(a.map((ring) => ring.map(onGrid)))
  clipper.addClip(b.map((ring) => ring.map(onGrid)))
  const solution: Paths64 = []
  clipper.execute(ClipType.Intersection, FillRule.EvenOdd, solution)
  return Math.abs(areaPaths(solution)) / GRID ** 2
}

function overlapOfRings(a: ShapeGeometry, b: ShapeGeometry): number {
  const [first, second] = [ringsOf(a), ringsOf(b)]
  if (first === undefined || second === undefined) return 0
  return shareOf(sharedArea(first, second), surfaceArea(a), surfaceArea(b), () => JSON.stringify(first) === JSON.stringify(second))
}

function overlapOfMasks(a: Rle | undefined, b: Rle | undefined): number {
  if (a === undefined || b === undefined) return 0
  if (a.size[0] !== b.size[0] || a.size[1] !== b.size[1]) return 0
  return shareOf(pixelsIn(combineRuns(runsOf(a), runsOf(b), (inA, inB) => inA && inB)), maskArea(a), maskArea(b), () => a.counts === b.counts)
}

function shareOf(shared: number, a: number, b: number, isSame: () => boolean): number {
  const union = a + b - shared
  return union > 0 ? Math.min(1, shared / union) : Number(isSame())
}

const areas = new WeakMap<ShapeGeometry, number>()

/**
 * The area by which overlaps are measured, in square pixels: that of an ellipse's 64 points, of a polygon by the even-odd rule (the shoelace formula would
 * take the loops of an outline that crosses itself from each other). 0 for what is no surface.
 */
export function surfaceArea(geometry: ShapeGeometry): number {
  if (geometry.kind === 'mask') return maskArea(geometry.rle)
  if (geometry.kind === 'rectangle') return geometry.width * geometry.height
  const before = areas.get(geometry)
  if (before !== undefined) return before
  const rings = ringsOf(geometry)
  const area = rings === undefined ? 0 : sharedArea(rings, rings)
  areas.set(geometry, area)
  return area
}

/** A surface as pixels of the image on which `mask` lies; undefined for what is no surface. */
function maskOn(geometry: ShapeGeometry, mask: Rle): Rle | undefined {
  if (geometry.kind === 'mask') return geometry.rle
  const rings = ringsOf(geometry)
  return rings === undefined ? undefined : rasterizeRings(rings, maskSize(mask))
}

function pixelsIn(runs: ReturnType<typeof runsOf>): number {
  let pixels = 0
  for (let index = 0; index < runs.length; index += 2) pixels += (runs[index + 1] ?? 0) - (runs[index] ?? 0)
  return pixels
}
