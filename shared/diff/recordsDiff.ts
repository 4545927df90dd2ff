/** Anything with an id that is unique among its neighbours. */
export interface Identified { readonly id: string }

/** A change of a set of records as data: it can be applied, inverted and squashed. `updated` holds [before, after]. */
export interface RecordsDiff<R extends Identified> {
  added: Record<string, R>
  updated: Record<string, [before: R, after: R]>
  removed: Record<string, R>
}

/** What a diff can be applied to: a Map, or anything that stores by id as one does. */
export interface Changeable<R> {
  has(id: string): boolean
  set(id: string, record: R): unknown
  delete(id: string): unknown
}

/** A diff that changes nothing. */
export function emptyDiff<R extends Identified>(): RecordsDiff<R> {
  return { added: {}, updated: {}, removed: {} }
}

export function isEmptyDiff(diff: RecordsDiff<Identified>): boolean {
  return [diff.added, diff.updated, diff.removed].every((part) => Object.keys(part).length === 0)
}

/** The diff that takes `diff` back. */
export function invertDiff<R extends Identified>(diff: RecordsDiff<R>): RecordsDiff<R> {
  const updated: Record<string, [R, R]> = {}
  for (const [id, [before, after]] of Object.entries(diff.updated)) updated[id] = [after, before]
  return { added: { ...diff.removed }, updated, removed: { ...diff.added } }
}

/**
 * Applies a diff in place.
 * @throws RangeError when an added record exists already, or an updated or removed one does not; nothing is changed then.
 */
export function applyDiff<R extends Identified>(records: Changeable<R>, diff: RecordsDiff<R>): void {
  for (const id of Object.keys(diff.added)) if (records.has(id)) throw new RangeError(`Record ${id} exists already`)
  for (const id of [...Object.keys(diff.updated), ...Object.keys(diff.removed)]) {
    if (!records.has(id)) throw new RangeError(`Record ${id} does not exist`)
  }
  for (const [id, record] of Object.entries(diff.added)) records.set(id, record)
  for (const [id, [, after]] of Object.entries(diff.updated)) records.set(id, after)
  for (const id of Object.keys(diff.removed)) records.delete(id)
}

/** One diff that does what `diffs` do in turn; a record that came and went leaves no trace. */
export function squashDiffs<R extends Identified>(diffs: readonly RecordsDiff<R>[]): RecordsDiff<R> {
  const result = emptyDiff<R>()
  for (const diff of diffs) {
    for (const [id, record] of Object.entries(diff.added)) squashAdded(result, id, record)
    for (const [id, [before, after]] of Object.entries(diff.updated)) squashUpdated(result, id, before, after)
    for (const [id, record] of Object.entries(diff.removed)) squashRemoved(result, id, record)
  }
  return result
}

function squashAdded<R extends Identified>(result: RecordsDiff<R>, id: string, record: R): void {
  const removed = result.removed[id]
  if (removed === undefined) {
    result.added[id] = record
    return
  }
  delete result.removed[id]
  if (removed !== record) result.updated[id] = [removed, record]
}

function squashUpdated<R extends Identified>(result: RecordsDiff<R>, id: string, before: R, after: R): void {
  if (id in result.added) {
    result.added[id] = after
    return
  }
  const first = result.updated[id]?.[0] ?? before
  if (first === after) delete result.updated[id]
  else result.updated[id] = [first, after]
}

function squashRemoved<R extends Identified>(result: RecordsDiff<R>, id: string, record: R): void {
  if (id in result.added) {
    delete result.added[id]
    return
  }
  const first = result.updated[id]?.[0] ?? record
  delete result.updated[id]
  result.removed[id] = first
}
