import { ShapeType } from '@annotorious/annotorious'
import type { ImageAnnotation, ImageAnnotator } from '@annotorious/annotorious'
import type { OpenSeadragonAnnotator } from '@annotorious/openseadragon'
import type { Point } from '../../../../../shared/geometry/point.ts'
import { boxAround } from '../../../../../shared/geometry/box.ts'
import { FILL_OPACITY } from '../scene.ts'
import type { Scene, SceneShape } from '../scene.ts'
import type { Subject } from '../subject.ts'

/** What Annotorious on an image and on OpenSeadragon have in common: how shapes are given, selected and changed. */
export function annotoriousScene(annotator: () => ImageAnnotator | OpenSeadragonAnnotator, scene: () => Scene): Omit<Subject, 'load' | 'look'> & { show(strokeWidth: number): void } {
  return {
    show(strokeWidth) {
      const colors = new Map(scene().shapes.map(({ id, color }) => [id, color as `#${string}`]))
      annotator().setStyle(({ id }: ImageAnnotation) => ({ fill: colors.get(id), fillOpacity: FILL_OPACITY, stroke: colors.get(id), strokeWidth }))
      annotator().setAnnotations(scene().shapes.map(annotationOf))
    },
    select() { annotator().setSelected(scene().target.id, true) },
    deselect() { annotator().cancelSelected() },
    isSelected: () => annotator().getSelected().some(({ id }) => id === scene().target.id),
    grabVertex: () => undefined,
    // What its editor of polygons does for every movement of a handle.
    moveVertex(to) {
      const { store } = annotator().state
      const target = store.getAnnotation(scene().target.id)?.target
      if (target === undefined) return
      store.updateTarget({ ...target, selector: polygonOf([to, ...scene().target.points.slice(1)]) })
    },
    dropVertex: () => undefined,
  }
}

function annotationOf(shape: SceneShape): ImageAnnotation {
  return { id: shape.id, bodies: [], target: { annotation: shape.id, selector: shape.kind === 'polygon' ? polygonOf(shape.points) : rectangleOf(shape) } }
}

function polygonOf(points: readonly Point[]) {
  const { x, y, width, height } = boxAround(points)
  return { type: ShapeType.POLYGON, geometry: { points: points.map((point) => [...point]), bounds: { minX: x, minY: y, maxX: x + width, maxY: y + height } } }
}

function rectangleOf({ x, y, width: w, height: h }: Extract<SceneShape, { kind: 'rectangle' }>) {
  return { type: ShapeType.RECTANGLE, geometry: { x, y, w, h, bounds: { minX: x, minY: y, maxX: x + w, maxY: y + h } } }
}
