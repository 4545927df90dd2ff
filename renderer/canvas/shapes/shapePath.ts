import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import { geometryPaths } from '../../../shared/geometry/hitTest.ts'
import type { Point } from '../../../shared/geometry/point.ts'

const paths = new WeakMap<ShapeGeometry, Path2D>()

/**
 * The outline of a geometry in image pixels; masks and points have none. Outlines all run one way round and holes the
 * other, so that many shapes can be filled as one path without cancelling each other. Geometries never change, so paths are kept.
 */
export function shapePath(geometry: ShapeGeometry): Path2D {
  const known = paths.get(geometry)
  if (known !== undefined) return known
  const path = new Path2D()
  if (geometry.kind === 'rectangle') path.rect(geometry.x, geometry.y, geometry.width, geometry.height)
  else if (geometry.kind === 'ellipse') {
    path.ellipse(geometry.cx, geometry.cy, geometry.rx, geometry.ry, (geometry.rotation * Math.PI) / 180, 0, 2 * Math.PI)
  } else if (geometry.kind !== 'point') {
    const outlines = geometryPaths(geometry)
    outlines.paths.forEach((ring, index) => { addRing(path, runsClockwise(ring) === (index === 0) ? ring : ring.toReversed(), outlines.closed) })
  }
  paths.set(geometry, path)
  return path
}

function addRing(path: Path2D, ring: readonly Point[], closed: boolean): void {
  ring.forEach(([x, y], index) => {
    if (index === 0) path.moveTo(x, y)
    else path.lineTo(x, y)
  })
  if (closed) path.closePath()
}

function runsClockwise(ring: readonly Point[]): boolean {
  let doubled = 0
  ring.forEach((a, index) => {
    const b = ring[(index + 1) % ring.length] ?? a
    doubled += a[0] * b[1] - b[0] * a[1]
  })
  return doubled >= 0
}
