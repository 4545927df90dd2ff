import type { AuditFeed } from '../../../shared/api/messages.ts'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import { BackgroundRun } from './backgroundRun.ts'
import type { Clock, Orchestrator, SyncStore } from './ports.ts'
import { asRemoteError } from './retryPolicy.ts'

export interface AuditFeedPorts {
  store: SyncStore
  orchestrator: Orchestrator
  clock: Clock
  /** Resolves when no submission is being sent: work goes before what others did. */
  whenPushed: () => Promise<void>
  onChange: () => void
}

/** Fetches what the devices of others wrote into their audit logs, for those who may review, so that the story of a task can be told and verified offline. */
export function createAuditFetch(ports: AuditFeedPorts): BackgroundRun {
  return new BackgroundRun(ports.clock, async (signal) => {
    await fetchPages(ports, signal)
    return undefined
  })
}

/** @throws RemoteError; the signal's reason. */
async function fetchPages({ store, orchestrator, whenPushed, onChange }: AuditFeedPorts, signal: AbortSignal): Promise<void> {
  for (;;) {
    const place = store.auditFeedPlace()
    if (place === undefined) return
    await whenPushed()
    signal.throwIfAborted()
    const page = await pageFrom(orchestrator, place.cursor, signal)
    if (page === 'unknown') return
    if (page === 'startOver') {
      store.restartAuditFeed()
      continue
    }
    await store.keepAuditPage(page, signal)
    onChange()
    if (!page.more) return
    // An orchestrator that comes no further would make this loop endless.
    if (page.cursor === place.cursor) throw new RemoteError({ kind: 'corrupt' }, 'The orchestrator came no further in the audit entries')
  }
}

/** 'unknown': the orchestrator is older than this call. */
async function pageFrom(orchestrator: Orchestrator, cursor: string | undefined, signal: AbortSignal): Promise<AuditFeed | 'startOver' | 'unknown'> {
  try {
    const page = await orchestrator.auditFeed(cursor, signal)
    signal.throwIfAborted()
    return page
  } catch (error) {
    signal.throwIfAborted()
    const { kind } = asRemoteError(error).failure
    if (kind === 'notFound') return 'unknown'
    if (kind === 'cursorExpired' && cursor !== undefined) return 'startOver'
    throw error
  }
}
