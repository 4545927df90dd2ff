import type { Clock } from './ports.ts'

const FEWEST = 1
const MOST = 8
const FIRST = 3
/** A measurement takes at least so long, in milliseconds, and as many transfers as run at once. */
const WINDOW_MS = 2_000
/** Throughput counts as risen or fallen from these ratios on. */
const RISEN = 1.05
const FALLEN = 0.8

/**
 * How many transfers run at once: one more for as long as that brings more bytes, one less when it brought fewer, half as many after a failure of the
 * link or the server (additive increase, multiplicative decrease, as TCP does; RFC 5681).
 */
export class Parallelism {
  readonly #clock: Clock
  #limit = FIRST
  #rate = 0
  #window: { since: number; bytes: number; done: number } | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get limit(): number {
    return this.#limit
  }

  /** A transfer has ended well. @param totalBytes that have arrived in all so far */
  succeeded(totalBytes: number): void {
    const now = this.#clock.monotonic()
    this.#window ??= { since: now, bytes: totalBytes, done: 0 }
    this.#window.done += 1
    const elapsed = now - this.#window.since
    if (elapsed < WINDOW_MS || this.#window.done < this.#limit) return
    const rate = (totalBytes - this.#window.bytes) / elapsed
    if (rate >= this.#rate * RISEN) this.#limit = Math.min(MOST, this.#limit + 1)
    else if (rate < this.#rate * FALLEN) this.#limit = Math.max(FEWEST, this.#limit - 1)
    this.#rate = rate
    this.#window = undefined
  }

  failed(): void {
    this.#limit = Math.max(FEWEST, Math.floor(this.#limit / 2))
    this.#rate = 0
    this.#window = undefined
  }
}
