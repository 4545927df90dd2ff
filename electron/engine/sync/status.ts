import { instantOf, type Instant } from '../../../shared/domain/ids.ts'
import type { SyncPhase, SyncStatus } from '../../../shared/rpc/syncStatus.ts'
import type { SyncStore } from './ports.ts'

/** What is known from the rounds so far. Instants in milliseconds since 1970. */
export interface RoundFacts {
  roundIsRunning: boolean
  /** The last attempt to pull succeeded, in this run of the engine. */
  lastPullWorked: boolean
  /** Why the last round could do nothing at all. */
  link: 'ok' | 'offline' | 'unauthorized'
  /** Something waits for a person: mass removals, a forked audit history, a device that is not accepted. */
  needsAttention: boolean
  lastSyncAt: number | undefined
  nextAttemptAt: number | undefined
  lastError: { at: Instant; kind: string; message: string } | undefined
  /** Records of the orchestrator that were left out, told until the engine ends: nothing the person does here mends them. */
  refused: { at: Instant; kind: 'recordRefused'; message: string } | undefined
}

/** `notStoring`: the store cannot be written, and why. */
export interface SyncFacts extends RoundFacts { workOffline: boolean; notStoring: ReturnType<SyncStore['writeProblem']> }

/** What there is to send. */
export interface SyncLoad { waiting: number; dead: number; auditBacklog: number; journalBacklog: number }

/**
 * One word for where sync stands, never better than the truth: the first that applies of what cannot be saved, what the person chose, what needs them,
 * what is out of reach, what is under way and what waits. `settled` is the word for nothing of these.
 */
export function phaseOf(facts: SyncFacts, load: SyncLoad, settled: 'synced' | 'local'): SyncPhase {
  const isUnfinished = load.waiting > 0 || load.auditBacklog > 0 || load.journalBacklog > 0 || !facts.lastPullWorked
  if (facts.notStoring !== undefined) return facts.notStoring === 'diskFull' ? 'diskFull' : 'notSaving'
  if (facts.workOffline) return 'workOffline'
  if (facts.link === 'unauthorized') return 'unauthorized'
  if (load.dead > 0 || facts.needsAttention) return 'attention'
  if (facts.link === 'offline') return 'offline'
  if (isUnfinished) return facts.roundIsRunning ? 'syncing' : 'waiting'
  return settled
}

/** The whole status, counted anew from the store. */
export function statusOf(facts: SyncFacts, store: SyncStore, prefetch: SyncStatus['prefetch'], settled: 'synced' | 'local'): SyncStatus {
  const outbox = store.outboxCounts()
  const auditBacklog = store.auditBacklog()
  const journalBacklog = store.journalBacklog()
  return {
    phase: phaseOf(facts, { ...outbox, auditBacklog, journalBacklog }, settled),
    workOffline: facts.workOffline,
    outbox,
    auditBacklog,
    journalBacklog,
    prefetch,
    lastSyncAt: facts.lastSyncAt === undefined ? undefined : instantOf(facts.lastSyncAt),
    nextAttemptAt: facts.nextAttemptAt === undefined ? undefined : instantOf(facts.nextAttemptAt),
    lastError: facts.lastError,
  }
}
