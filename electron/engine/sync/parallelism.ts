import type { Clock } from './ports.ts'

const FEWEST = 1
/** How many run at once at first and at most. */
export interface Bounds { first: number; most: number }
/** A measurement takes at least so long, in milliseconds. */
const WINDOW_MS = 1_500
/** Throughput counts as risen or fallen from these ratios on. */
const RISEN = 1.05
const FALLEN = 0.8

/**
 * How many transfers run at once: twice as many at the beginning, later one more, for as long as that brings more of what is counted; one less when it
 * brought less; half as many after a failure of the link or the server (slow start, additive increase, multiplicative decrease, as TCP does; RFC 5681).
 */
export class Parallelism {
  readonly #clock: Clock
  readonly #most: number
  #limit: number
  #isStarting = true
  #rate = 0
  #window: { since: number; amount: number } | undefined

  constructor(clock: Clock, { first, most }: Bounds) {
    this.#clock = clock
    this.#most = most
    this.#limit = first
  }

  get limit(): number {
    return this.#limit
  }

  /** More has been transferred. @param total bytes or items, in all so far */
  observe(total: number): void {
    const now = this.#clock.monotonic()
    this.#window ??= { since: now, amount: total }
    const elapsed = now - this.#window.since
    if (elapsed < WINDOW_MS) return
    // What a pause lay in tells nothing.
    if (elapsed < 4 * WINDOW_MS) this.#learn((total - this.#window.amount) / elapsed)
    this.#window = { since: now, amount: total }
  }

  failed(): void {
    this.#limit = Math.max(FEWEST, Math.floor(this.#limit / 2))
    this.#rate = 0
    this.#isStarting = false
    this.#window = undefined
  }

  #learn(rate: number): void {
    const hasRisen = rate >= this.#rate * RISEN
    if (hasRisen) this.#limit = Math.min(this.#most, this.#isStarting ? 2 * this.#limit : this.#limit + 1)
    else if (rate < this.#rate * FALLEN) this.#limit = Math.max(FEWEST, this.#limit - 1)
    this.#isStarting &&= hasRisen
    this.#rate = rate
  }
}
