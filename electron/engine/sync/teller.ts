import type { Clock } from './ports.ts'

/** What changes many times a second is told at most this often, in milliseconds: what is told is counted anew from the store. */
const TELL_EVERY_MS = 100

/** Tells of changes: of the first at once, of those that follow closely together and a little later. */
export class Teller {
  readonly #clock: Clock
  readonly #tell: () => void
  #toldAt = -Infinity
  #timer: NodeJS.Timeout | undefined

  constructor(clock: Clock, tell: () => void) {
    this.#clock = clock
    this.#tell = tell
  }

  now(): void {
    this.stop()
    this.#toldAt = this.#clock.monotonic()
    this.#tell()
  }

  soon(): void {
    if (this.#timer !== undefined) return
    const waitMs = this.#toldAt + TELL_EVERY_MS - this.#clock.monotonic()
    if (waitMs <= 0) this.now()
    else this.#timer = setTimeout(() => { this.now() }, waitMs)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
