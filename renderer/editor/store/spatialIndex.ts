import RBush from 'rbush'
import type { DraftDiff } from '../../../shared/domain/draft.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { geometryBounds } from '../../../shared/geometry/measure.ts'

interface Item { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number; readonly id: ShapeId }
interface Placed { readonly id: ShapeId; readonly geometry: ShapeGeometry }

/** Finds shapes by place without looking at all of them; boxes in image pixels. */
export interface SpatialIndex {
  /** The ids of the shapes whose bounds meet `box`, in no order. */
  search(box: Box): ShapeId[]
}

export interface LiveSpatialIndex extends SpatialIndex {
  /** Follows a change of the draft, touching only the shapes in it. */
  apply(diff: DraftDiff): void
}

export function createSpatialIndex(shapes: readonly Placed[]): LiveSpatialIndex {
  const tree = new RBush<Item>()
  const items = new Map<ShapeId, Item>(shapes.flatMap(itemOf).map((item) => [item.id, item]))
  tree.load([...items.values()])

  const remove = (id: ShapeId) => {
    const item = items.get(id)
    if (item === undefined) return
    tree.remove(item)
    items.delete(id)
  }
  const insert = (shape: Placed) => {
    for (const item of itemOf(shape)) {
      items.set(shape.id, item)
      tree.insert(item)
    }
  }

  return {
    search: ({ x, y, width, height }) => tree.search({ minX: x, minY: y, maxX: x + width, maxY: y + height }).map((item) => item.id),
    apply(diff) {
      for (const record of Object.values(diff.removed)) if (record.type === 'shape') remove(record.id)
      for (const [before, after] of Object.values(diff.updated)) {
        if (before.type !== 'shape' || after.type !== 'shape' || before.geometry === after.geometry) continue
        remove(before.id)
        insert(after)
      }
      for (const record of Object.values(diff.added)) if (record.type === 'shape') insert(record)
    },
  }
}

/** A mask whose runs cannot be read has no place: it is listed by the window, but can be neither seen nor hit. */
function itemOf({ id, geometry }: Placed): [Item] | [] {
  try {
    const { x, y, width, height } = geometryBounds(geometry)
    return [{ minX: x, minY: y, maxX: x + width, maxY: y + height, id }]
  } catch (error) {
    if (error instanceof RangeError) return []
    throw error
  }
}
