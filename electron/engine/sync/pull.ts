import { RemoteError } from '../../../shared/api/remoteError.ts'
import { MassDeleteBreaker } from './massDelete.ts'
import type { Orchestrator, PulledPage, RefusedChange, SyncStore } from './ports.ts'

export interface PullPorts {
  store: SyncStore
  orchestrator: Orchestrator
  /** Hears of changes that a page brought and that were left out. */
  onRefused: (refused: readonly RefusedChange[]) => void
}

/** A server that changes its epoch again and again is not pulled from for ever. */
const MOST_RESTARTS = 3

/**
 * Brings the changes since the cursor, page by page, each applied as one transaction together with its cursor.
 * @param allowRemovals the person has agreed that many tasks go away
 * @throws RemoteError; MassDeleteError when too much would go away: nothing of that page is applied
 */
export async function pullChanges(ports: PullPorts, allowRemovals: boolean, signal: AbortSignal): Promise<void> {
  const { store } = ports
  const breaker = new MassDeleteBreaker(store)
  let from = store.cursor()?.cursor
  for (let restarts = 0; restarts <= MOST_RESTARTS;) {
    const page = await nextPage(ports.orchestrator, from, signal)
    signal.throwIfAborted()
    if (page === 'startOver' || isOfAnotherEpoch(store, page, from)) {
      from = undefined
      restarts++
      continue
    }
    if (!allowRemovals) breaker.check(page)
    store.applyPull(page)
    if (page.refused !== undefined) ports.onRefused(page.refused)
    if (!page.more) return
    if (page.cursor === from) throw new RemoteError({ kind: 'corrupt' }, 'The orchestrator sends the same page again and again')
    from = page.cursor
  }
  throw new RemoteError({ kind: 'transient' }, 'The orchestrator keeps changing its history')
}

async function nextPage(orchestrator: Orchestrator, from: string | undefined, signal: AbortSignal): Promise<PulledPage | 'startOver'> {
  try {
    return await orchestrator.pull(from, signal)
  } catch (error) {
    const isExpired = error instanceof RemoteError && error.failure.kind === 'cursorExpired'
    if (isExpired && from !== undefined) return 'startOver'
    throw error
  }
}

/** Notices that the server's history was rolled back. A page from the very start is of use all the same. */
function isOfAnotherEpoch(store: SyncStore, page: PulledPage, from: string | undefined): boolean {
  const known = store.cursor()
  if (known === undefined || known.epoch === page.epoch) return false
  store.startNewServerEpoch(page.epoch)
  return from !== undefined
}
