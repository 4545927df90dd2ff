import { intersect, overlap, subtract, unite } from './booleans.ts'
import type { Rings } from './booleans.ts'
import type { Size } from './box.ts'
import { convertGeometry } from './convert.ts'
import type { ConvertedKind } from './convert.ts'
import { geometryPaths } from './hitTest.ts'
import { fillHoles } from './maskFill.ts'
import type { Point } from './point.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'
import { splitByLine } from './split.ts'

/**
 * The work on surfaces that takes long when they are large, each as a function of plain data, so that it can be done on another thread. Image pixels
 * throughout.
 */
export const SURFACE_WORK = {
  unite: (polygons: readonly Rings[]): Rings[] => unite(polygons),
  intersect: (polygons: readonly Rings[]): Rings[] => intersect(polygons),
  /** What is left of each area without the others; undefined for one that none of them overlaps. */
  cutOut: (areas: readonly { readonly rings: Rings; readonly others: readonly Rings[] }[]): (Rings[] | undefined)[] =>
    areas.map(({ rings, others }) => (overlap(rings, others) ? subtract(rings, others) : undefined)),
  /** The parts of each polygon; a single one where the line does not cut it through. */
  split: ({ polygons, line }: { readonly polygons: readonly Rings[]; readonly line: readonly Point[] }): Rings[][] => polygons.map((rings) => splitByLine(rings, line)),
  convert: ({ geometries, to, image }: { readonly geometries: readonly ShapeGeometry[]; readonly to: ConvertedKind; readonly image: Size }): ShapeGeometry[][] =>
    geometries.map((geometry) => convertGeometry(geometry, to, image)),
  fillMasks: (masks: readonly Mask[]): Mask[] => masks.map(({ rle }) => ({ kind: 'mask', rle: fillHoles(rle) })),
} as const

type Mask = Extract<ShapeGeometry, { kind: 'mask' }>
export type SurfaceWork = typeof SURFACE_WORK
export type SurfaceWorkKind = keyof SurfaceWork
export type SurfaceInput<K extends SurfaceWorkKind> = Parameters<SurfaceWork[K]>[0]
export type SurfaceResult<K extends SurfaceWorkKind> = ReturnType<SurfaceWork[K]>

/** Does one piece of work. @throws RangeError for a mask that cannot be read. */
export function doSurfaceWork<K extends SurfaceWorkKind>(kind: K, input: SurfaceInput<K>): SurfaceResult<K> {
  // The kind ties the function to its input, which indexing by a union cannot express.
  const work = SURFACE_WORK[kind] as unknown as (input: SurfaceInput<K>) => SurfaceResult<K>
  return work(input)
}

/** How much there is to look at in a geometry: its vertices, or the characters of a mask's runs, which take about as long each. */
export function extentOf(geometry: ShapeGeometry): number {
  return geometry.kind === 'mask' ? geometry.rle.counts.length : geometryPaths(geometry).paths.reduce((sum, path) => sum + path.length, 0)
}
