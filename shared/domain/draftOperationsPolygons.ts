import type { Rings } from '../geometry/booleans.ts'
import type { DraftDiff } from './draft.ts'
import { deleteShapes, topOrder, updateGeometry } from './draftOperations.ts'
import type { Authorship, Draft } from './draftOperations.ts'
import type { ShapeId } from './ids.ts'
import type { Shape, ShapeGeometry } from './shape.ts'

/** A shape and the polygons that take its place, the one that goes on as the shape first. */
export interface Replacement { readonly shape: Shape; readonly polygons: readonly Rings[] }

/**
 * Puts polygons in the place of shapes and deletes those that went into them. The first polygon goes on as the shape itself, with its id and
 * provenance; the others are shapes of their own with its class and attributes, and count as human work: a prediction stands for one shape.
 */
export function replaceByPolygons(draft: Draft, replacements: readonly Replacement[], consumed: readonly ShapeId[], by: Authorship): DraftDiff {
  const changed = new Map<ShapeId, ShapeGeometry>()
  const added: Shape[] = []
  const top = topOrder(draft)
  for (const { shape, polygons: [first, ...others] } of replacements) {
    if (first === undefined) continue
    changed.set(shape.id, polygonOf(first))
    for (const rings of others) {
      added.push({
        ...shape, id: by.newId(), geometry: polygonOf(rings), provenance: { source: 'human' }, order: top + added.length, createdBy: by.user, createdAt: by.at,
      })
    }
  }
  const removing = deleteShapes(draft, consumed)
  return {
    added: { ...removing.added, ...Object.fromEntries(added.map((shape) => [shape.id, shape])) },
    updated: updateGeometry(draft, changed).updated,
    removed: removing.removed,
  }
}

/** A geometry of its own, so that nothing is shared with what the rings were made from. */
function polygonOf(rings: Rings): Extract<ShapeGeometry, { kind: 'polygon' }> {
  return { kind: 'polygon', rings: rings.map((ring) => [...ring]) }
}
