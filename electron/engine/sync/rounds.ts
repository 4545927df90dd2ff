import { factsAfter, isFailedRound, pauseAfter, type Pause } from './pacing.ts'
import { asRemoteError, ITEM_BACKOFF } from './retryPolicy.ts'
import { runRound, type RoundOutcome, type RoundPorts } from './round.ts'
import type { RoundFacts } from './status.ts'

/** How long (milliseconds) the orchestrator's word of who works here counts: a person's roles may change while there is nothing to send. */
const KNOWN_FOR_MS = 10 * 60_000

/** Runs rounds one at a time and remembers what they came to. */
export class Rounds {
  readonly #ports: RoundPorts
  readonly #onChange: () => void
  #facts: RoundFacts = { roundIsRunning: false, lastPullWorked: false, link: 'ok', needsAttention: false, lastSyncAt: undefined, nextAttemptAt: undefined, lastError: undefined, refused: undefined }
  #running: { abort: AbortController; done: Promise<Pause> } | undefined
  /** When the orchestrator was last told of this device, and told who works at it. */
  #registeredAt: number | undefined
  #allowRemovals = false
  #failedRounds = 0
  #isStopped = false

  constructor(ports: RoundPorts, onChange: () => void) {
    this.#ports = ports
    this.#onChange = onChange
  }

  facts(): RoundFacts {
    return this.#facts
  }

  allowRemovals(): void {
    this.#allowRemovals = true
  }

  /** Cuts the round under way short; what it had finished stays. */
  abort(reason: string): void {
    this.#running?.abort.abort(new Error(reason))
  }

  /** Resolves when no round runs. */
  async whenIdle(): Promise<void> {
    while (this.#running) await this.#running.done
  }

  /** Cuts the round under way short and lets no other begin. */
  stop(): Promise<void> {
    this.#isStopped = true
    this.abort('Sync has stopped')
    return this.whenIdle()
  }

  /**
   * One round, after the one under way. It never rejects.
   * @param everything also what waits after a failure
   * @returns the pause that is due before the next one
   */
  async run(everything: boolean): Promise<Pause> {
    // Not by whenIdle(): between its end and here another caller could begin.
    while (this.#running) await this.#running.done
    if (this.#isStopped) return { ms: 0, hard: false }
    const abort = new AbortController()
    const done = this.#run(everything, abort.signal).finally(() => {
      this.#running = undefined
      this.#change({ roundIsRunning: false })
    })
    this.#running = { abort, done }
    return done
  }

  async #run(everything: boolean, signal: AbortSignal): Promise<Pause> {
    this.#change({ roundIsRunning: true, nextAttemptAt: undefined })
    try {
      const plan = { dueAt: this.#dueAt(everything), allowRemovals: this.#allowRemovals, register: this.#isUnknown() }
      const outcome = await runRound(this.#ports, plan, signal)
      if (plan.register || !outcome.registered) this.#registeredAt = outcome.registered ? this.#ports.clock.now() : undefined
      return this.#learn(outcome)
    } catch (error) {
      if (signal.aborted) return { ms: 0, hard: false }
      // The store itself failed, as on a full disk. Nothing was acknowledged, so all of it is tried again.
      return this.#learn({ registered: !this.#isUnknown(), pulled: false, entriesLeft: undefined, failures: [asRemoteError(error)], massDelete: undefined, refused: [] })
    }
  }

  #isUnknown(): boolean {
    return this.#registeredAt === undefined || Math.abs(this.#ports.clock.now() - this.#registeredAt) > KNOWN_FOR_MS
  }

  #dueAt(everything: boolean): number {
    const now = this.#ports.clock.now()
    // Nothing waits longer than the longest backoff: if something seems to, the clock was set back.
    const clockWentBack = (this.#ports.store.nextDueAt() ?? now) - now > ITEM_BACKOFF.capMs
    return everything || clockWentBack ? Number.MAX_SAFE_INTEGER : now
  }

  #learn(outcome: RoundOutcome): Pause {
    const { store, clock, random } = this.#ports
    const now = clock.now()
    if (outcome.pulled) this.#allowRemovals = false
    this.#failedRounds = isFailedRound(outcome) ? this.#failedRounds + 1 : 0
    const dueAt = this.#hasLateEntries(outcome) ? now : store.nextDueAt()
    const pause = pauseAfter(outcome, this.#failedRounds, dueAt === undefined ? undefined : dueAt - now, random)
    this.#change({ ...factsAfter(this.#facts, outcome, store.outboxCounts().dead, now), nextAttemptAt: now + pause.ms })
    return pause
  }

  /** Whether the audit log got entries after the round had sent what it could of those it knew. What it could not send would not fare better at once. */
  #hasLateEntries({ entriesLeft }: RoundOutcome): boolean {
    return entriesLeft !== undefined && this.#ports.store.auditBacklog() > entriesLeft
  }

  #change(change: Partial<RoundFacts>): void {
    this.#facts = { ...this.#facts, ...change }
    this.#onChange()
  }
}
