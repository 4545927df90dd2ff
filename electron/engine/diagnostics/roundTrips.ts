import { instantOf } from '../../../shared/domain/ids.ts'
import type { LinkReport } from '../../../shared/rpc/diagnostics.ts'
import type { Remote } from '../connect/remote.ts'
import type { Clock, Orchestrator } from '../sync/ports.ts'

/** Requests that are remembered, and of these how many are told one by one. */
const REMEMBERED = 100
const TOLD = 20

/** Remembers how the last requests to the other side went. */
export class RoundTrips {
  readonly #clock: Clock
  #roundTrips: LinkReport['roundTrips'] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  report(): Omit<LinkReport, 'bytesPerSecond'> {
    const all = this.#roundTrips
    return {
      roundTrips: all.slice(0, TOLD),
      ...(all.length === 0 ? {} : { successRate: all.filter(({ ok }) => ok).length / all.length }),
    }
  }

  /** The same remote, measured. */
  measure(remote: Remote): Remote {
    const { orchestrator, objectStore } = remote
    const timed = <K extends 'register' | 'pull' | 'submit' | 'appendAudit'>(what: K): Orchestrator[K] => {
      const ask = orchestrator[what].bind(orchestrator) as (...args: unknown[]) => Promise<unknown>
      return ((...args: unknown[]) => this.#time(what, () => ask(...args))) as Orchestrator[K]
    }
    return {
      ...remote,
      orchestrator: { ...orchestrator, register: timed('register'), pull: timed('pull'), submit: timed('submit'), appendAudit: timed('appendAudit') },
      objectStore: {
        put: (request, signal) => this.#time('put', () => objectStore.put(request, signal)),
        get: (ref, signal, from) => objectStore.get(ref, signal, from),
      },
    }
  }

  async #time<T>(what: string, ask: () => Promise<T>): Promise<T> {
    const at = instantOf(this.#clock.now())
    const before = this.#clock.monotonic()
    const note = (ok: boolean) => { this.#roundTrips = [{ at, what, ms: this.#clock.monotonic() - before, ok }, ...this.#roundTrips].slice(0, REMEMBERED) }
    try {
      const answer = await ask()
      note(true)
      return answer
    } catch (error) {
      note(false)
      throw error
    }
  }
}
