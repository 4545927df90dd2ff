import type { Point } from './point.ts'
import { eachEdge } from './polygon.ts'
import type { ShapeGeometry } from './shapeGeometry.ts'
import { labelledKeypoints, withVisibility } from './skeleton.ts'
import { addPoints, distance, midpoint, nearestOnSegment } from './vector.ts'

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

/** The geometry with several vertices moved by `delta` pixels. */
export function moveVertices(geometry: ShapeGeometry, refs: readonly VertexRef[], delta: Point): ShapeGeometry {
  return verticesOf(geometry).filter(({ ref }) => hasVertex(refs, ref))
    .reduce((moved, { ref, point }) => moveVertex(moved, ref, addPoints(point, delta)), geometry)
}

/** The place nearest to `point` on the two edges that meet in a vertex, where it can slide without turning them. */
export function slidePlace(geometry: ShapeGeometry, { ring, index }: VertexRef, point: Point): Point {
  const { paths, closed } = editablePaths(geometry)
  const path = paths[ring] ?? []
  const vertex = path[index] ?? point
  const neighbours = [closed || index > 0 ? path.at(index - 1) : undefined, closed ? path[(index + 1) % path.length] : path[index + 1]]
  const places = neighbours.flatMap((neighbour) => (neighbour === undefined ? [] : [nearestOnSegment(point, vertex, neighbour)]))
  return places.reduce((best, place) => (distance(place, point) < distance(best, point) ? place : best), vertex)
}

/** The vertices at both ends of the edge that leaves `after`. */
export function edgeEnds(geometry: ShapeGeometry, after: VertexRef): VertexRef[] {
  const { paths } = editablePaths(geometry)
  return [after, { ring: after.ring, index: (after.index + 1) % (paths[after.ring]?.length ?? 1) }]
}

/** The middle of the edge that is nearest to `point`, within `tolerance` pixels of that edge; `length` is that of the edge. */
export function nearestMidpoint(geometry: ShapeGeometry, point: Point, tolerance: number): { after: VertexRef; point: Point; length: number } | undefined {
  const edge = nearestEdge(geometry, point, tolerance)
  const path = edge && editablePaths(geometry).paths[edge.after.ring]
  const [a, b] = edge === undefined || path === undefined ? [] : [path[edge.after.index], path[(edge.after.index + 1) % path.length]]
  return edge === undefined || a === undefined || b === undefined ? undefined : { after: edge.after, point: midpoint(a, b), length: distance(a, b) }
}

export function hasVertex(refs: readonly VertexRef[], { ring, index }: VertexRef): boolean {
  return refs.some((ref) => ref.ring === ring && ref.index === index)
}

/** The geometry without several vertices, under the same terms as for one. */
export function deleteVertices(geometry: ShapeGeometry, refs: readonly VertexRef[]): ShapeGeometry | undefined {
  // From the last to the first, so that the names of those to come stay true.
  return [...refs].sort((a, b) => b.ring - a.ring || b.index - a.index)
    .reduce<ShapeGeometry | undefined>((left, ref) => left && deleteVertex(left, ref), geometry)
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
