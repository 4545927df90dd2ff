import { instantOf, type TaskId } from '../../../shared/domain/ids.ts'
import type { LeaseAnswer } from '../../../shared/rpc/coordination.ts'
import type { Clock, Orchestrator } from './ports.ts'
import { asRemoteError, classify } from './retryPolicy.ts'

/** A lease is renewed when half of it is over, but not more often than this, in milliseconds. */
const SHORTEST_RENEWAL_MS = 30_000

/**
 * Takes the lease of a task, or renews it. Its end is told by the local clock, corrected by what the server's clock is known to be. Nothing depends on
 * having it: a lease keeps others from beginning the same task, and its end destroys no work.
 */
export async function takeLease(orchestrator: Orchestrator, clock: Clock, taskId: TaskId, signal: AbortSignal): Promise<LeaseAnswer> {
  try {
    const { expiresAt } = await orchestrator.lease(taskId, signal)
    const endsAt = Date.parse(expiresAt) - orchestrator.clockOffsetMs()
    const lastsMs = endsAt - clock.now()
    if (lastsMs <= 0) return { kind: 'unreachable' }
    return { kind: 'held', until: instantOf(endsAt), renewInMs: Math.max(SHORTEST_RENEWAL_MS, Math.round(lastsMs / 2)) }
  } catch (error) {
    signal.throwIfAborted()
    const failed = asRemoteError(error)
    if (failed.failure.kind === 'conflict' && failed.failure.code === 'leasedElsewhere') return { kind: 'otherDevice' }
    return classify(failed.failure) === 'deadLetter' ? { kind: 'refused', reason: failed.message } : { kind: 'unreachable' }
  }
}
