import { createStore } from 'zustand/vanilla'
import type { EngineClient } from '../../bridge/engineClient.ts'
import { EngineLostError } from '../../bridge/engineLost.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { JournalLine } from '../../../shared/rpc/openTask.ts'

/** What may be said of the person's edits. `saved` is said only after the engine's word that they are on the disk. */
export type SaveState =
  | { kind: 'unchanged' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'failed'; error: unknown }
  | { kind: 'conflict' }

const BATCH_LINES = 500
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 30_000

interface JournalSenderOptions {
  engine: Pick<EngineClient, 'request' | 'onConnection'>
  taskId: TaskId
  /** The last journal line that the engine has. */
  journalSeq: number
  timeOnTaskMs: () => number
  onStored: (journalSeq: number) => void
}

/** Sends a task's journal lines in order, one request at a time; what gathers meanwhile goes with the next. A failure keeps every line and tries again. */
export class JournalSender {
  readonly state = createStore<SaveState>(() => ({ kind: 'unchanged' }))
  readonly #options: JournalSenderOptions
  #lines: JournalLine[] = []
  #storedSeq: number
  #running = false
  /** How many lines the engine was sent without a word whether it stored them. */
  #doubtful = 0
  #wake: (() => void) | undefined
  #flushed: ((ok: boolean) => void)[] = []
  #drained: (() => void)[] = []
  readonly #stopListening: () => void

  constructor(options: JournalSenderOptions) {
    this.#options = options
    this.#storedSeq = options.journalSeq
    this.#stopListening = options.engine.onConnection(() => this.retry())
  }

  /** How many lines are not known to be stored. */
  get unsaved(): number {
    return this.#lines.length
  }

  /** The last journal line that the engine is known to have. */
  get storedSeq(): number {
    return this.#storedSeq
  }

  push(line: JournalLine): void {
    this.#lines.push(line)
    if (this.state.getState().kind === 'conflict') return
    if (!this.#running) void this.#run()
  }

  /** Tries again at once when a failure is waiting for its next attempt. */
  retry(): void {
    this.#wake?.()
  }

  /** Answers true when everything is stored, false when the next attempt fails; the lines are kept then. */
  flush(): Promise<boolean> {
    if (this.#lines.length === 0) return Promise.resolve(true)
    if (this.state.getState().kind === 'conflict') return Promise.resolve(false)
    const result = new Promise<boolean>((resolve) => this.#flushed.push(resolve))
    this.retry()
    return result
  }

  /** Answers when nothing is left to be stored, however long it takes. */
  drained(): Promise<void> {
    if (this.#lines.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.#drained.push(resolve))
  }

  /** Gives up what could not be stored, by the person's decision, and stops. */
  discard(): void {
    this.#lines = []
    this.stop()
    this.#settle(false)
  }

  stop(): void {
    this.#stopListening()
    this.#wake?.()
  }

  async #run(): Promise<void> {
    this.#running = true
    let pause = FIRST_RETRY_MS
    while (this.#lines.length > 0) {
      this.state.setState({ kind: 'saving' }, true)
      try {
        await this.#sendBatch()
        pause = FIRST_RETRY_MS
      } catch (error) {
        if (error instanceof RpcError && error.code === 'conflict') {
          this.state.setState({ kind: 'conflict' }, true)
          this.#settle(false)
          break
        }
        this.state.setState({ kind: 'failed', error }, true)
        this.#settle(false)
        await this.#pause(pause)
        pause = Math.min(LAST_RETRY_MS, pause * 2)
      }
    }
    this.#running = false
    if (this.#lines.length === 0) this.#settle(true)
  }

  async #sendBatch(): Promise<void> {
    if (this.#doubtful > 0) await this.#resolveDoubt()
    const batch = this.#lines.slice(0, BATCH_LINES)
    if (batch.length === 0) return
    const { engine, taskId, timeOnTaskMs } = this.#options
    try {
      const { journalSeq, savedAt } = await engine.request('tasks.commit', { taskId, afterSeq: this.#storedSeq, lines: batch, timeOnTaskMs: timeOnTaskMs() })
      this.#stored(batch.length, journalSeq, savedAt)
    } catch (error) {
      if (error instanceof EngineLostError) this.#doubtful = batch.length
      throw error
    }
  }

  /** After an engine was lost, asks its successor whether the last batch, which is stored wholly or not at all, is there. */
  async #resolveDoubt(): Promise<void> {
    const { journalSeq } = await this.#options.engine.request('tasks.open', { taskId: this.#options.taskId })
    if (journalSeq === this.#storedSeq + this.#doubtful) this.#stored(this.#doubtful, journalSeq, new Date().toISOString())
    else if (journalSeq !== this.#storedSeq) throw new RpcError('conflict', `The journal is at ${journalSeq}, the window expected ${this.#storedSeq}`)
    this.#doubtful = 0
  }

  #stored(count: number, journalSeq: number, at: string): void {
    this.#lines.splice(0, count)
    this.#storedSeq = journalSeq
    this.#options.onStored(journalSeq)
    if (this.#lines.length === 0) this.state.setState({ kind: 'saved', at }, true)
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        this.#wake = undefined
        resolve()
      }
      const timer = setTimeout(end, ms)
      this.#wake = end
    })
  }

  #settle(ok: boolean): void {
    for (const resolve of this.#flushed.splice(0)) resolve(ok)
    if (this.#lines.length === 0) for (const resolve of this.#drained.splice(0)) resolve()
  }
}
