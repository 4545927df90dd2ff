import type { DraftDiff } from './draft.ts'
import { topOrder, updateGeometry } from './draftOperations.ts'
import type { Authorship, Draft } from './draftOperations.ts'
import { editedProvenance } from './shape.ts'
import type { ShapeGeometry } from './shape.ts'
import type { ShapeId } from './ids.ts'

/** Gives shapes new geometries, some of them several: the first stays with the shape, the others become shapes like it, at the top of the stack. None at all changes nothing. */
export function convertShapes(draft: Draft, geometries: ReadonlyMap<ShapeId, readonly ShapeGeometry[]>, by: Authorship): DraftDiff {
  const first = new Map([...geometries].flatMap(([id, [geometry]]): [ShapeId, ShapeGeometry][] => (geometry === undefined ? [] : [[id, geometry]])))
  const diff = updateGeometry(draft, first)
  let order = topOrder(draft)
  for (const [id, [, ...others]] of geometries) {
    const shape = draft.get(id)
    if (shape?.type !== 'shape') continue
    for (const geometry of others) {
      const part = { ...shape, id: by.newId(), geometry, order, provenance: editedProvenance(shape.provenance) }
      diff.added[part.id] = part
      order += 1
    }
  }
  return diff
}
