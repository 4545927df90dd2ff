import { piecesOf, regionsOf } from './pieces.ts'
import type { Pieces } from './pieces.ts'
import type { Point } from './point.ts'
import type { Rle } from './rle.ts'
import { runsOf } from './runs.ts'

/** The directions in which borders run, clockwise; the pixels set lie to the right of the way. */
const [RIGHT, DOWN, LEFT, UP] = [0, 1, 2, 3]

/** A straight part of the border of the pixels set, on the grid of pixel corners; `region` is that of the pixels to its right. */
interface BorderEdge { readonly from: Point; readonly to: Point; readonly direction: number; readonly region: number }

/**
 * The exact borders of a mask as polygons (image pixels): one for every region of pixels that hang together by their sides, its outline first and its
 * holes after it. Filling all rings by the even-odd rule gives the mask back. Outlines run clockwise, holes counter-clockwise.
 */
export function maskPolygons(rle: Rle): Point[][][] {
  const height = rle.size[0]
  const pieces = piecesOf(runsOf(rle), height)
  const leaving = edgesByCorner(borderOf(pieces, regionsOf(pieces)), height + 1)
  const polygons = new Map<number, Point[][]>()
  for (const [corner, edges] of leaving) {
    for (let edge = edges.pop(); edge !== undefined; edge = edges.pop()) {
      const { ring, clockwise } = traceRing(edge, leaving, height + 1)
      const rings = polygons.get(edge.region) ?? []
      if (clockwise) rings.unshift(ring)
      else rings.push(ring)
      polygons.set(edge.region, rings)
    }
    leaving.delete(corner)
  }
  return [...polygons.values()]
}

function borderOf({ columns, tops, bottoms }: Pieces, regions: Int32Array): BorderEdge[] {
  const edges: BorderEdge[] = []
  const add = (from: Point, to: Point, direction: number, piece: number) => { edges.push({ from, to, direction, region: regions[piece] ?? 0 }) }
  columns.forEach((column, piece) => {
    const [top, bottom] = [tops[piece] ?? 0, bottoms[piece] ?? 0]
    add([column, top], [column + 1, top], RIGHT, piece)
    add([column + 1, bottom], [column, bottom], LEFT, piece)
  })
  // Along the sides of a piece the border runs where the next column is empty.
  eachSide({ columns, tops, bottoms }, -1, (piece, from, to) => { add([columns[piece] ?? 0, to], [columns[piece] ?? 0, from], UP, piece) })
  eachSide({ columns, tops, bottoms }, 1, (piece, from, to) => { add([(columns[piece] ?? 0) + 1, from], [(columns[piece] ?? 0) + 1, to], DOWN, piece) })
  return edges
}

/** Calls `visit` for the rows of every piece next to which, one column to the left (-1) or right (1), nothing is set. */
function eachSide({ columns, tops, bottoms }: Pieces, side: -1 | 1, visit: (piece: number, from: number, to: number) => void): void {
  let near = 0
  columns.forEach((column, piece) => {
    const beside = column + side
    const bottom = bottoms[piece] ?? 0
    let from = tops[piece] ?? 0
    while (near < columns.length && ((columns[near] ?? 0) < beside || (columns[near] === beside && (bottoms[near] ?? 0) <= from))) near += 1
    for (let at = near; columns[at] === beside && (tops[at] ?? 0) < bottom; at += 1) {
      if ((tops[at] ?? 0) > from) visit(piece, from, tops[at] ?? 0)
      from = Math.max(from, bottoms[at] ?? 0)
    }
    if (from < bottom) visit(piece, from, bottom)
  })
}

function edgesByCorner(edges: readonly BorderEdge[], stride: number): Map<number, BorderEdge[]> {
  const leaving = new Map<number, BorderEdge[]>()
  for (const edge of edges) {
    const corner = edge.from[0] * stride + edge.from[1]
    const others = leaving.get(corner)
    if (others === undefined) leaving.set(corner, [edge])
    else others.push(edge)
  }
  return leaving
}

/** Follows the border from one edge back to its beginning and takes the edges out on the way. A corner is kept only where the way turns. */
function traceRing(first: BorderEdge, leaving: Map<number, BorderEdge[]>, stride: number): { ring: Point[]; clockwise: boolean } {
  const ring: Point[] = []
  let doubledArea = 0
  let edge = first
  do {
    const { from, to, direction } = edge
    doubledArea += from[0] * to[1] - to[0] * from[1]
    edge = nextEdge(edge, first, leaving.get(to[0] * stride + to[1]) ?? [])
    if (edge.direction !== direction) ring.push(to)
  } while (edge !== first)
  return { ring, clockwise: doubledArea > 0 }
}

/** Takes the edge by which the way goes on. Where two ways cross at one corner, the one that turns right stays with its own pixels. */
function nextEdge({ direction, to }: BorderEdge, first: BorderEdge, edges: BorderEdge[]): BorderEdge {
  const closing = first.from[0] === to[0] && first.from[1] === to[1]
  const right = (direction + 1) % 4
  if (closing && (edges.length === 0 || first.direction === right)) return first
  const next = edges.splice(Math.max(0, edges.findIndex((edge) => edge.direction === right)), 1)[0]
  if (next === undefined) throw new RangeError(`The border ends at ${to.join()}`)
  return next
}
