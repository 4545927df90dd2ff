import { boxOfBoxes } from '../../../shared/geometry/box.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import type { Shape, ShapeGeometry } from '../../../shared/domain/shape.ts'
import { boundsOf } from '../shapes/drawables.ts'

const known = new WeakMap<readonly Shape[], Box>()

/** The box around very many shapes (image pixels), kept for as long as they are the same ones. */
export function boxAroundShapes(shapes: readonly Shape[]): Box {
  const box = known.get(shapes) ?? boxAroundGeometries(shapes.map(({ geometry }) => geometry))
  known.set(shapes, box)
  return box
}

/** The box around geometries; around none an empty one. */
export function boxAroundGeometries(geometries: readonly ShapeGeometry[]): Box {
  return boxOfBoxes(geometries.map(boundsOf)) ?? { x: 0, y: 0, width: 0, height: 0 }
}
