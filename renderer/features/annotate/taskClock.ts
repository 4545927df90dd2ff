import { IDLE_MS } from '../../../shared/domain/journal.ts'

/** Counts active time on a task: it runs while there are signs of work, and stops when they stay away or the window is hidden. */
export class TaskClock {
  #total: number
  #lastSign: number | undefined
  readonly #now: () => number

  /** `total` milliseconds were spent before; `now` is monotonic, in milliseconds. */
  constructor(total: number, now: () => number) {
    this.#total = total
    this.#now = now
  }

  /** The person did something. */
  sign(): void {
    this.#total = this.ms()
    this.#lastSign = this.#now()
  }

  /** The window is hidden, or another view is shown. */
  pause(): void {
    this.#total = this.ms()
    this.#lastSign = undefined
  }

  /** Active milliseconds so far. */
  ms(): number {
    if (this.#lastSign === undefined) return this.#total
    return this.#total + Math.min(IDLE_MS, this.#now() - this.#lastSign)
  }
}
