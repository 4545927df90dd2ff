import type { Point } from './point.ts'

export const BRUSH_TIPS = ['round', 'square'] as const
/** The outline of a brush; a square one stands upright on the image. */
export type BrushTip = (typeof BRUSH_TIPS)[number]

/** A place at which a brush touches the image, and half of its width there; both in image pixels. */
export interface Dab { readonly point: Point; readonly radius: number }

/** What a brush covers on its way from one dab straight to another: the convex hull of the brush at both ends, in image pixels. */
export interface Sweep {
  readonly left: number
  readonly right: number
  /** The y of the upper and of the lower edge on the vertical line at `x`; the upper one is not above the lower where nothing is covered. */
  readonly top: (x: number) => number
  readonly bottom: (x: number) => number
}

export function sweep(tip: BrushTip, from: Dab, to: Dab): Sweep {
  const edges = sweptEdges(tip, from, to)
  const furthest = (x: number, side: -1 | 1): number => {
    let y = Math.max(tipEdge(tip, from, x, side), tipEdge(tip, to, x, side))
    for (const [a, b] of edges) y = Math.max(y, side * crossing(a, b, x, side))
    return side * y
  }
  return {
    left: Math.min(from.point[0] - from.radius, to.point[0] - to.radius),
    right: Math.max(from.point[0] + from.radius, to.point[0] + to.radius),
    top: (x) => furthest(x, -1),
    bottom: (x) => furthest(x, 1),
  }
}

/** Convex polygons that, with the brush at both ends, cover all that it covers on its way from one dab straight to another. */
export function sweptPolygons(tip: BrushTip, from: Dab, to: Dab): Point[][] {
  const edges = sweptEdges(tip, from, to)
  if (tip === 'round') return edges.length < 2 ? [] : [edges.flatMap(([a, b], index) => (index === 0 ? [a, b] : [b, a]))]
  return edges.map(([a, b], index) => {
    const [c, d] = edges[(index + 1) % edges.length] ?? [a, b]
    return [a, b, d, c]
  })
}

/** The straight edges that join the outlines of the brush at both ends; of a square one some run inside. */
function sweptEdges(tip: BrushTip, from: Dab, to: Dab): [Point, Point][] {
  if (tip === 'square') return [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([x = 0, y = 0]) => [offset(from, x, y), offset(to, x, y)])
  const dx = to.point[0] - from.point[0]
  const dy = to.point[1] - from.point[1]
  const length = Math.hypot(dx, dy)
  // One circle lies within the other.
  if (length <= Math.abs(from.radius - to.radius)) return []
  const along = (from.radius - to.radius) / length
  const across = Math.sqrt(1 - along * along)
  return [1, -1].map((side): [Point, Point] => {
    const nx = (dx * along - dy * across * side) / length
    const ny = (dy * along + dx * across * side) / length
    return [offset(from, nx, ny), offset(to, nx, ny)]
  })
}

function offset({ point, radius }: Dab, x: number, y: number): Point {
  return [point[0] + x * radius, point[1] + y * radius]
}

/** The y of the upper (-1) or lower (1) edge of a tip, times `side`. */
function tipEdge(tip: BrushTip, { point, radius }: Dab, x: number, side: -1 | 1): number {
  const away = Math.abs(x - point[0])
  if (away > radius) return -Infinity
  return side * point[1] + (tip === 'square' ? radius : Math.sqrt(radius * radius - away * away))
}

/** Where a-b crosses the vertical line at `x`; beyond everything on the other side if it does not. */
function crossing(a: Point, b: Point, x: number, side: -1 | 1): number {
  if (x < Math.min(a[0], b[0]) || x > Math.max(a[0], b[0]) || a[0] === b[0]) return -side * Infinity
  return a[1] + ((x - a[0]) / (b[0] - a[0])) * (b[1] - a[1])
}
