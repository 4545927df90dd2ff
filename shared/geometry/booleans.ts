import { Clipper64, ClipType, FillRule, PolyTree64 } from 'clipper2-ts'
import type { Path64, Paths64, PolyPath64 } from 'clipper2-ts'
import type { Point } from './point.ts'
import { polygonArea } from './polygon.ts'
import { geometryPaths } from './hitTest.ts'
import { selfIntersections } from './selfIntersections.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'

/** The outline of a polygon and its holes, in image pixels; inside by the even-odd rule, so that rings which cross themselves have a meaning too. */
export type Rings = readonly (readonly Point[])[]

/**
 * Steps per image pixel: the clipper computes on whole numbers, which makes it certain of its answer. Coarser steps cost whole pixels of area where
 * long edges cross at a sharp angle.
 */
export const GRID = 100_000
/** What is left over from borders that nearly agree is smaller than this, in square pixels, and is no shape. */
const CRUMB = 0.01

/** The rings of a geometry that has an inside; undefined for lines, points and masks. */
export function ringsOf(geometry: ShapeGeometry): Rings | undefined {
  const { paths, closed } = geometryPaths(geometry)
  return closed && paths.length > 0 ? paths : undefined
}

/** What lies in any of the polygons; parts that do not touch are polygons of their own. */
export function unite(polygons: readonly Rings[]): Rings[] {
  return clip(ClipType.Union, polygons, [])
}

/** What lies in `polygon` and in none of the `others`. */
export function subtract(polygon: Rings, others: readonly Rings[]): Rings[] {
  return clip(ClipType.Difference, [polygon], others)
}

/** What lies in all of the polygons; nothing for none. */
export function intersect(polygons: readonly Rings[]): Rings[] {
  const [first, ...others] = polygons
  if (first === undefined) return []
  return others.reduce<Rings[]>((common, other) => clip(ClipType.Intersection, common, [other]), unite([first]))
}

/** Whether a polygon has more than a crumb in common with any of the `others`. */
export function overlap(polygon: Rings, others: readonly Rings[]): boolean {
  return clip(ClipType.Intersection, [polygon], others).length > 0
}

/** A ring that crosses itself without the loops it makes by that: the outline of its largest part. Any other ring as it is. */
export function withoutLoops(ring: readonly Point[]): readonly Point[] {
  if (selfIntersections([ring]).length === 0) return ring
  const [largest] = unite([[ring]]).map(([outline = []]) => outline).sort((one, other) => polygonArea([other]) - polygonArea([one]))
  return largest ?? ring
}

/** The area of several polygons that do not overlap, in square pixels. */
export function totalArea(polygons: readonly Rings[]): number {
  return polygons.reduce((area, rings) => area + polygonArea(rings), 0)
}

function clip(operation: ClipType, subjects: readonly Rings[], clips: readonly Rings[]): Rings[] {
  const exact = new Map([...subjects, ...clips].flat(2).map((point) => [keyOf(onGrid(point)), point]))
  const clipper = new Clipper64()
  // Each polygon is made plain by itself: the even-odd rule must not let two that overlap cancel each other.
  for (const rings of subjects) clipper.addSubject(plain(rings))
  for (const rings of clips) clipper.addClip(plain(rings))
  const tree = new PolyTree64()
  clipper.execute(operation, FillRule.NonZero, tree)
  return outlinesOf(tree).map((rings) => rings.map((path) => path.map((point) => exact.get(keyOf(point)) ?? offGrid(point))))
    .filter((rings) => polygonArea(rings) > CRUMB)
}

/** Rings on the grid that neither cross nor overlap, outlines running one way and holes the other. */
function plain(rings: Rings): Paths64 {
  const clipper = new Clipper64()
  clipper.addSubject(rings.map((ring) => ring.map(onGrid)))
  const solution: Paths64 = []
  clipper.execute(ClipType.Union, FillRule.EvenOdd, solution)
  return solution
}

/** Every outline of the tree with its holes; islands within holes are polygons of their own. */
function outlinesOf(tree: PolyPath64): Path64[][] {
  return childrenOf(tree).flatMap((outline) => {
    const holes = childrenOf(outline)
    return [[outline, ...holes].flatMap(({ polygon }) => (polygon === null ? [] : [polygon])), ...holes.flatMap(outlinesOf)]
  })
}

function childrenOf(path: PolyPath64): PolyPath64[] {
  return Array.from({ length: path.count }, (_, index) => path.child(index))
}

export function onGrid([x, y]: Point): { x: number; y: number } {
  return { x: Math.round(x * GRID), y: Math.round(y * GRID) }
}

export function offGrid({ x, y }: { readonly x: number; readonly y: number }): Point {
  return [x / GRID, y / GRID]
}

function keyOf({ x, y }: { readonly x: number; readonly y: number }): string {
  return `${x} ${y}`
}
