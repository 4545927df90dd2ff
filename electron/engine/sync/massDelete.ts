import type { Change, PullPage } from '../../../shared/api/records.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { SyncStore } from './ports.ts'

/** More than this share of the active tasks, and more than so many, are not taken away without asking. */
const LARGEST_SHARE = 0.3
const ALWAYS_ALLOWED = 10

/** Thrown before a page is applied that would take away too much, as an empty or wrong server does. */
export class MassDeleteError extends Error {
  readonly removals: number
  readonly active: number
  constructor(removals: number, active: number) {
    super(`The orchestrator takes away ${removals} of ${active} tasks`)
    this.name = 'MassDeleteError'
    this.removals = removals
    this.active = active
  }
}

/** Counts what the pages of one pull take away. */
export class MassDeleteBreaker {
  readonly #store: SyncStore
  #removals = 0
  #active: number | undefined

  constructor(store: SyncStore) {
    this.#store = store
  }

  /** @throws MassDeleteError when the pages up to this one take away too much. */
  check(page: PullPage): void {
    const { total, among } = this.#store.activeTasks(takenAway(page.changes))
    this.#active ??= total
    this.#removals += among
    if (this.#removals > ALWAYS_ALLOWED && this.#removals > LARGEST_SHARE * this.#active) throw new MassDeleteError(this.#removals, this.#active)
  }
}

/** The tasks that a page takes from the person. A task that is deleted and made again in one page stays. */
export function takenAway(changes: readonly Change[]): TaskId[] {
  const isGone = new Map<TaskId, boolean>()
  for (const change of changes) {
    if (change.kind === 'taskGone') isGone.set(change.id, true)
    if (change.kind === 'task') isGone.set(change.record.id, change.record.state === 'cancelled' || change.record.state === 'released')
  }
  return [...isGone].filter(([, gone]) => gone).map(([id]) => id)
}
