import type { Clock } from './ports.ts'

/** After so long without bytes a measurement has ended. Milliseconds. */
const PAUSE_MS = 2_000
const SHORTEST_MS = 1_000
const LONGEST_MS = 20_000

/** How much the link brings while something is being fetched. */
export class LinkMeter {
  readonly #clock: Clock
  #began = -Infinity
  #last = -Infinity
  #bytes = 0
  #rate: number | undefined
  #total = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Bytes that have arrived now. */
  note(bytes: number): void {
    const now = this.#clock.monotonic()
    this.#total += bytes
    if (now - this.#last > PAUSE_MS || now - this.#began > LONGEST_MS) {
      this.#began = now
      this.#bytes = 0
    } else {
      this.#bytes += bytes
    }
    this.#last = now
    const elapsed = now - this.#began
    if (elapsed >= SHORTEST_MS) this.#rate = (this.#bytes / elapsed) * 1000
  }

  /** All bytes so far. */
  get totalBytes(): number {
    return this.#total
  }

  /** What was measured last; undefined before anything was fetched for a second. */
  get bytesPerSecond(): number | undefined {
    return this.#rate === undefined || this.#rate === 0 ? undefined : this.#rate
  }
}
