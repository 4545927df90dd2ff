import Flatbush from 'flatbush'
import type { DraftDiff } from '../../../shared/domain/draft.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { ShapeGeometry } from '../../../shared/domain/shape.ts'
import { boxesMeet } from '../../../shared/geometry/box.ts'
import type { Box } from '../../../shared/geometry/box.ts'
import { geometryBounds } from '../../../shared/geometry/measure.ts'

interface Placed { readonly id: ShapeId; readonly geometry: ShapeGeometry }

/** Finds shapes by place without looking at all of them; boxes in image pixels. */
export interface SpatialIndex {
  /** The ids of the shapes whose bounds meet `box`, in no order. */
  search(box: Box): ShapeId[]
  /** Makes what searching needs, which takes a moment for many shapes, unless it is there. The first search would do it too. */
  prepare(): void
}

export interface LiveSpatialIndex extends SpatialIndex {
  /** Follows a change of the draft, touching only the shapes in it. */
  apply(diff: DraftDiff): void
}

/** So many changed shapes are kept beside the tree, and looked at one by one, before it is packed anew. */
const MOST_LOOSE = 500

/** A packed tree in typed arrays, which is quick to make and small, and beside it the shapes that changed since. */
export function createSpatialIndex(shapes: readonly Placed[]): LiveSpatialIndex {
  let packed: Packed | undefined
  /** The shapes of the tree that have changed or gone, and the present bounds of those that are still there or are new. */
  let stale = new Set<ShapeId>()
  let loose = new Map<ShapeId, Box>()

  const remove = (id: ShapeId) => {
    loose.delete(id)
    stale.add(id)
  }
  const insert = ({ id, geometry }: Placed) => {
    for (const { bounds } of entriesOf([{ id, geometry }])) loose.set(id, bounds)
  }
  const tree = () => { packed ??= pack(entriesOf(shapes)); return packed }
  const repack = () => {
    const kept = tree().entries().filter(({ id }) => !stale.has(id))
    packed = pack([...kept, ...[...loose].map(([id, bounds]) => ({ id, bounds }))])
    stale = new Set()
    loose = new Map()
  }

  return {
    prepare() { tree() },
    search(box) {
      const found = tree().search(box)
      const ids = stale.size === 0 ? found : found.filter((id) => !stale.has(id))
      for (const [id, bounds] of loose) if (boxesMeet(bounds, box)) ids.push(id)
      return ids
    },
    apply(diff) {
      for (const record of Object.values(diff.removed)) if (record.type === 'shape') remove(record.id)
      for (const [before, after] of Object.values(diff.updated)) {
        if (before.type !== 'shape' || after.type !== 'shape' || before.geometry === after.geometry) continue
        remove(before.id)
        insert(after)
      }
      for (const record of Object.values(diff.added)) if (record.type === 'shape') insert(record)
      if (loose.size > MOST_LOOSE) repack()
    },
  }
}

interface Entry { readonly id: ShapeId; readonly bounds: Box }

interface Packed {
  search(box: Box): ShapeId[]
  entries(): Entry[]
}

function pack(entries: readonly Entry[]): Packed {
  if (entries.length === 0) return { search: () => [], entries: () => [] }
  const ids = entries.map(({ id }) => id)
  const tree = new Flatbush(entries.length)
  for (const { bounds: { x, y, width, height } } of entries) tree.add(x, y, x + width, y + height)
  tree.finish()
  const idAt = (index: number) => ids[index] ?? []
  return {
    search: ({ x, y, width, height }) => tree.search(x, y, x + width, y + height).flatMap(idAt),
    entries() {
      const found: Entry[] = []
      tree.search(-Infinity, -Infinity, Infinity, Infinity, (index, left, top, right, bottom) => {
        const id = ids[index]
        if (id !== undefined) found.push({ id, bounds: { x: left, y: top, width: right - left, height: bottom - top } })
        return false
      })
      return found
    },
  }
}

/** A mask whose runs cannot be read has no place: it is listed by the window, but can be neither seen nor hit. */
function entriesOf(shapes: readonly Placed[]): Entry[] {
  const entries: Entry[] = []
  for (const { id, geometry } of shapes) {
    try {
      entries.push({ id, bounds: geometryBounds(geometry) })
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  return entries
}
