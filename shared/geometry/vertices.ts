import type { Point } from './point.ts'
import { eachEdge } from './polygon.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'
import { labelledKeypoints, withVisibility } from './skeleton.ts'
import { distance, nearestOnSegment } from './vector.ts'

/** Names a vertex of a polygon (`ring` 0 is the outline), of a polyline or a keypoint of a skeleton (`ring` is 0). */
export interface VertexRef { readonly ring: number; readonly index: number }

/** The paths whose points a person may move one by one; other kinds have none. */
function editablePaths(geometry: ShapeGeometry): { paths: readonly (readonly Point[])[]; closed: boolean } {
  if (geometry.kind === 'polygon') return { paths: geometry.rings, closed: true }
  if (geometry.kind === 'polyline') return { paths: [geometry.points], closed: false }
  return { paths: [], closed: false }
}

/** All vertices of a polygon or polyline, and the labelled keypoints of a skeleton, with their places in image pixels. */
export function verticesOf(geometry: ShapeGeometry): { ref: VertexRef; point: Point }[] {
  if (geometry.kind === 'skeleton') return labelledKeypoints(geometry).map(({ index, point }) => ({ ref: { ring: 0, index }, point }))
  return editablePaths(geometry).paths.flatMap((path, ring) => path.map((point, index) => ({ ref: { ring, index }, point })))
}

/** The place on an edge nearest to `point`; `after` names the vertex that the edge leaves. Undefined beyond `tolerance` pixels. */
export function nearestEdge(geometry: ShapeGeometry, point: Point, tolerance: number): { after: VertexRef; point: Point } | undefined {
  const { paths, closed } = editablePaths(geometry)
  let best: { after: VertexRef; point: Point } | undefined
  let bestDistance = tolerance
  paths.forEach((path, ring) => {
    eachEdge(path, closed, (a, b, index) => {
      const candidate = nearestOnSegment(point, a, b)
      const away = distance(point, candidate)
      if (away > bestDistance) return
      bestDistance = away
      best = { after: { ring, index }, point: candidate }
    })
  })
  return best
}

/** The geometry with a vertex put at `point` on the edge that leaves `after`. */
export function insertVertex(geometry: ShapeGeometry, after: VertexRef, point: Point): ShapeGeometry {
  return editPath(geometry, after.ring, (path) => path.toSpliced(after.index + 1, 0, point))
}

/** The geometry with one vertex moved to `point`. */
export function moveVertex(geometry: ShapeGeometry, ref: VertexRef, point: Point): ShapeGeometry {
  if (geometry.kind === 'skeleton') {
    const [x, y] = point
    return { ...geometry, points: geometry.points.map((old, index) => (index === ref.index ? { ...old, x, y } : old)) }
  }
  return editPath(geometry, ref.ring, (path) => path.map((old, index) => (index === ref.index ? point : old)))
}

/**
 * The geometry without one vertex; a keypoint stays in the list as not labelled. A hole that would have fewer than three goes as a whole;
 * undefined when the outline, line or skeleton would have too few.
 */
export function deleteVertex(geometry: ShapeGeometry, ref: VertexRef): ShapeGeometry | undefined {
  if (geometry.kind === 'skeleton') {
    const points = withVisibility(geometry.points, ref.index, 0)
    return labelledKeypoints({ points }).length === 0 ? undefined : { ...geometry, points }
  }
  const shorter = editPath(geometry, ref.ring, (path) => path.toSpliced(ref.index, 1))
  if (shorter.kind === 'polyline') return shorter.points.length < 2 ? undefined : shorter
  if (shorter.kind !== 'polygon') return undefined
  const ring = shorter.rings[ref.ring]
  if (ring === undefined || ring.length >= 3) return shorter
  return ref.ring === 0 ? undefined : { ...shorter, rings: shorter.rings.toSpliced(ref.ring, 1) }
}

function editPath(geometry: ShapeGeometry, ring: number, edit: (path: readonly Point[]) => Point[]): ShapeGeometry {
  if (geometry.kind === 'polygon') return { ...geometry, rings: geometry.rings.map((path, index) => (index === ring ? edit(path) : path)) }
  if (geometry.kind === 'polyline') return { ...geometry, points: edit(geometry.points) }
  return geometry
}
