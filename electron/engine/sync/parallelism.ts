import type { Clock } from './ports.ts'

const FEWEST = 1
const MOST = 16
const FIRST = 3
/** A measurement takes at least so long, in milliseconds. */
const WINDOW_MS = 1_500
/** Throughput counts as risen or fallen from these ratios on. */
const RISEN = 1.05
const FALLEN = 0.8

/**
 * How many transfers run at once: twice as many at the beginning, later one more, for as long as that brings more bytes; one less when it brought fewer; half
 * as many after a failure of the link or the server (slow start, additive increase, multiplicative decrease, as TCP does; RFC 5681).
 */
export class Parallelism {
  readonly #clock: Clock
  #limit = FIRST
  #isStarting = true
  #rate = 0
  #window: { since: number; bytes: number } | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get limit(): number {
    return this.#limit
  }

  /** Bytes have arrived. @param totalBytes in all so far */
  observe(totalBytes: number): void {
    const now = this.#clock.monotonic()
    this.#window ??= { since: now, bytes: totalBytes }
    const elapsed = now - this.#window.since
    if (elapsed < WINDOW_MS) return
    // What a pause lay in tells nothing.
    if (elapsed < 4 * WINDOW_MS) this.#learn((totalBytes - this.#window.bytes) / elapsed)
    this.#window = { since: now, bytes: totalBytes }
  }

  failed(): void {
    this.#limit = Math.max(FEWEST, Math.floor(this.#limit / 2))
    this.#rate = 0
    this.#isStarting = false
    this.#window = undefined
  }

  #learn(rate: number): void {
    const hasRisen = rate >= this.#rate * RISEN
    if (hasRisen) this.#limit = Math.min(MOST, this.#isStarting ? 2 * this.#limit : this.#limit + 1)
    else if (rate < this.#rate * FALLEN) this.#limit = Math.max(FEWEST, this.#limit - 1)
    this.#isStarting &&= hasRisen
    this.#rate = rate
  }
}
