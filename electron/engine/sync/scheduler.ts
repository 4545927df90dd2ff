import type { Pause } from './pacing.ts'
import type { Clock } from './ports.ts'

/** Why sync runs now. All but `entry` (see `noteEntry`) and `timer` also bring forward what waits after a failure. */
export type WakeReason = 'entry' | 'timer' | 'network' | 'resume' | 'user'

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
  /** Until when the loop rests, in monotonic milliseconds. */
  #pause = { until: 0, hard: false }
  #endSleep: (() => void) | undefined
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
    this.#endSleep?.()
  }

  /** Ends after the round under way, which the caller aborts. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#heartbeat)
    this.#endSleep?.()
    await this.#loop
  }

  /** The pause under way is another one now, because a round ran that this loop did not start. */
  pauseFor({ ms, hard }: Pause): void {
    this.#pause = { until: this.#ports.clock.monotonic() + ms, hard }
    this.#endSleep?.()
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const reasons = this.#reasons
      this.#reasons = new Set()
      this.pauseFor((await this.#ports.round(reasons)) ?? { ms: Infinity, hard: false })
      await this.#pauseEnds()
    }
  }

  async #pauseEnds(): Promise<void> {
    for (;;) {
      if (this.#stopped || (this.#reasons.size > 0 && !this.#pause.hard)) return
      const left = this.#pause.until - this.#ports.clock.monotonic()
      if (left <= 0) return void this.#reasons.add('timer')
      await this.#sleep(left)
    }
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(milliseconds) ? setTimeout(resolve, milliseconds) : undefined
      this.#endSleep = () => {
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
