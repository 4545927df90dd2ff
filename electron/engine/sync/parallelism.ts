import type { Clock } from './ports.ts'

const FEWEST = 1
/** How many run at once at first and at most. */
export interface Bounds { first: number; most: number }
/** A measurement takes at least so long, in milliseconds. */
const WINDOW_MS = 1_500
/** By how much more run at once at the beginning, and later. */
const DOUBLED = 2
const A_QUARTER_MORE = 1.25
/** More at once stay if they bring at least this share of what they would on an idle link: each takes memory, and a full link serves few as well as many. */
const WORTH = 0.4
/** Throughput counts as fallen from this ratio on. */
const FALLEN = 0.8
/** So many measurements pass before more at once are tried again, after they were not worth it or throughput fell. */
const REST = 8

/**
 * How many transfers run at once: twice as many at the beginning, later a quarter more, for as long as that brings more of what is counted, and as many as
 * before where it does not; one less when throughput falls; half as many after a failure of the link or the server (slow start and multiplicative decrease,
 * as TCP has them; RFC 5681).
 */
export class Parallelism {
  readonly #clock: Clock
  readonly #most: number
  #limit: number
  #growth = DOUBLED
  #rate = 0
  #rest = 0
  /** Before more were tried the last time, until it is known whether that was worth it. */
  #before: { readonly limit: number; readonly rate: number } | undefined
  #window: { readonly since: number; readonly amount: number; readonly isSettling: boolean } | undefined

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
    this.#window ??= { since: now, amount: total, isSettling: true }
    const { since, amount, isSettling } = this.#window
    const elapsed = now - since
    if (elapsed < WINDOW_MS) return
    const before = this.#limit
    // What a pause lay in tells nothing, nor does the beginning of what runs more at once.
    if (!isSettling && elapsed < 4 * WINDOW_MS) this.#learn((total - amount) / elapsed)
    this.#window = { since: now, amount: total, isSettling: this.#limit > before }
  }

  failed(): void {
    this.#limit = Math.max(FEWEST, Math.floor(this.#limit / 2))
    this.#rate = 0
    this.#rest = 0
    this.#growth = A_QUARTER_MORE
    this.#before = undefined
    this.#window = undefined
  }

  #learn(rate: number): void {
    const before = this.#before
    this.#before = undefined
    if (before !== undefined && rate < before.rate * (1 + WORTH * (this.#limit / before.limit - 1))) this.#stayAt(before.limit)
    else if (rate < this.#rate * FALLEN) this.#stayAt(Math.max(FEWEST, this.#limit - 1))
    else if (this.#rest > 0) this.#rest -= 1
    else this.#tryMore(rate)
    this.#rate = rate
  }

  #stayAt(limit: number): void {
    this.#limit = limit
    this.#growth = A_QUARTER_MORE
    this.#rest = REST
  }

  #tryMore(rate: number): void {
    const more = Math.min(this.#most, Math.max(this.#limit + 1, Math.floor(this.#limit * this.#growth)))
    if (more > this.#limit) this.#before = { limit: this.#limit, rate }
    this.#limit = more
  }
}
