import type { Pause } from './pacing.ts'
import type { Clock } from './ports.ts'

/** Why sync runs now. All but `submit` and `timer` also bring forward what waits after a failure. */
export type WakeReason = 'submit' | 'timer' | 'network' | 'resume' | 'user'

const HEARTBEAT_MS = 10_000
/** A heartbeat that comes this much too late shows that the computer slept, even where nobody tells. */
const SLEPT_MS = 10_000

export interface SchedulerPorts {
  clock: Clock
  /** One round; it never rejects. @returns the pause that follows, or undefined to wait until woken */
  round: (reasons: ReadonlySet<WakeReason>) => Promise<Pause | undefined>
  /** The computer slept, as the wall clock shows. */
  onSlept: () => void
}

/** One loop for everything: a round, then a pause, which a wake-up ends unless the server asked for it. */
export class Scheduler {
  readonly #ports: SchedulerPorts
  #reasons = new Set<WakeReason>(['user'])
  #endPause: (() => void) | undefined
  #heartbeat: NodeJS.Timeout | undefined
  #loop: Promise<void> | undefined
  #stopped = false

  constructor(ports: SchedulerPorts) {
    this.#ports = ports
  }

  start(): void {
    this.#loop ??= this.#run()
    this.#watchForSleep()
  }

  /** Runs a round as soon as may be; while one runs, another follows it. */
  wake(reason: WakeReason): void {
    this.#reasons.add(reason)
    this.#endPause?.()
  }

  /** Ends after the round under way, which the caller aborts. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#heartbeat)
    this.#endPause?.()
    await this.#loop
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const reasons = this.#reasons
      this.#reasons = new Set()
      const pause = await this.#ports.round(reasons)
      await this.#pause(pause)
    }
  }

  async #pause(pause: Pause | undefined): Promise<void> {
    const until = this.#ports.clock.monotonic() + (pause?.ms ?? Infinity)
    for (;;) {
      if (this.#stopped || (this.#reasons.size > 0 && pause?.hard !== true)) return
      const left = until - this.#ports.clock.monotonic()
      if (left <= 0) return void this.#reasons.add('timer')
      await this.#sleep(left)
    }
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(milliseconds) ? setTimeout(resolve, milliseconds) : undefined
      this.#endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #watchForSleep(): void {
    let last = this.#ports.clock.now()
    this.#heartbeat ??= setInterval(() => {
      const now = this.#ports.clock.now()
      if (now - last > HEARTBEAT_MS + SLEPT_MS) this.#ports.onSlept()
      last = now
    }, HEARTBEAT_MS)
  }
}
