import { requireOneSize } from '../geometry/mask.ts'
import type { Rle } from '../geometry/rle.ts'
import { combineRuns, createRuns, eachPiece, runsOf } from '../geometry/runs.ts'
import type { Runs, RunsBuilder } from '../geometry/runs.ts'

/** How well one border follows another, each number 0 to 1. */
export interface BoundaryScore { readonly precision: number; readonly recall: number; readonly f: number }

/** The customary tolerance, as a share of the image's diagonal. */
const USUAL_SHARE = 0.008

/**
 * The boundary F-score of a mask against a reference: how much of each border lies within `tolerance` pixels of the other one (0.8 % of the image's diagonal
 * unless it is given). As the measure F of DAVIS (Perazzi et al., CVPR 2016, doi:10.1109/CVPR.2016.85), with the borders and the disk of its evaluation code.
 * @throws RangeError for masks of images of different sizes.
 */
export function boundaryScore(reference: Rle, found: Rle, tolerance = usualTolerance(reference)): BoundaryScore {
  requireOneSize(reference, found)
  const [truth, drawn] = [bordersOf(reference), bordersOf(found)]
  const [ofTruth, ofDrawn] = [pixelsIn(truth), pixelsIn(drawn)]
  // A border that is not there is followed by nothing, and nothing of it is wrong.
  const precision = ofDrawn === 0 ? 1 : pixelsNear(drawn, truth, tolerance) / ofDrawn
  const recall = ofTruth === 0 ? 1 : pixelsNear(truth, drawn, tolerance) / ofTruth
  return { precision, recall, f: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

function usualTolerance({ size: [height, width] }: Rle): number {
  return Math.ceil(USUAL_SHARE * Math.hypot(width, height))
}

/** Runs of rows, column by column. */
type Columns = ReadonlyMap<number, Runs>
const NONE: Runs = new Float64Array()

/** The pixels that differ from the one to the right, below, or both; the edge of the image is no border. */
function bordersOf(rle: Rle): Columns {
  const [height, width] = rle.size
  const columns = columnsOf(runsOf(rle), height)
  const borders = new Map<number, Runs>()
  for (const at of new Set([...columns.keys()].flatMap((column) => [column - 1, column]))) {
    if (at < 0) continue
    const own = columns.get(at) ?? NONE
    const next = at + 1 < width ? columns.get(at + 1) ?? NONE : own
    const below = [raised(own), raised(next)].map((other) => clipped(differing(own, other), height - 1))
    const border = below.reduce(united, differing(own, next))
    if (border.length > 0) borders.set(at, border)
  }
  return borders
}

function columnsOf(runs: Runs, height: number): Columns {
  const builders = new Map<number, RunsBuilder>()
  eachPiece(runs, height, (column, top, bottom) => {
    const builder = builders.get(column) ?? createRuns()
    builder.add(top, bottom)
    builders.set(column, builder)
  })
  return new Map([...builders].map(([column, builder]) => [column, builder.done()]))
}

/** How many pixels of a border lie within `tolerance` pixels of another border. */
function pixelsNear(border: Columns, other: Columns, tolerance: number): number {
  const reach = Math.floor(tolerance)
  let near = 0
  for (const [column, rows] of border) {
    let around = NONE
    for (let dx = -reach; dx <= reach; dx += 1) {
      const beside = other.get(column + dx)
      if (beside !== undefined) around = united(around, grown(beside, Math.floor(Math.sqrt(tolerance ** 2 - dx ** 2))))
    }
    near += lengthOf(combineRuns(rows, around, (inRows, inAround) => inRows && inAround))
  }
  return near
}

function pixelsIn(columns: Columns): number {
  let pixels = 0
  for (const rows of columns.values()) pixels += lengthOf(rows)
  return pixels
}

function lengthOf(runs: Runs): number {
  return runs.reduce((sum, edge, index) => sum + (index % 2 === 0 ? -edge : edge), 0)
}

const differing = (a: Runs, b: Runs) => combineRuns(a, b, (inA, inB) => inA !== inB)
const united = (a: Runs, b: Runs) => combineRuns(a, b, () => true)
const clipped = (runs: Runs, end: number) => combineRuns(runs, Float64Array.of(0, end), (inRuns, inside) => inRuns && inside)
/** Every row as the one below it is. */
const raised = (runs: Runs) => rebuilt(runs, (top, bottom) => [Math.max(0, top - 1), bottom - 1])
const grown = (runs: Runs, by: number) => rebuilt(runs, (top, bottom) => [Math.max(0, top - by), bottom + by])

function rebuilt(runs: Runs, change: (top: number, bottom: number) => [number, number]): Runs {
  let result = NONE
  for (let index = 0; index < runs.length; index += 2) {
    const [top, bottom] = change(runs[index] ?? 0, runs[index + 1] ?? 0)
    if (top < bottom) result = united(result, Float64Array.of(top, bottom))
  }
  return result
}
