import { EventEmitter, once } from 'node:events'
import type { EngineReport } from '../../shared/rpc/engineControl.ts'
import type { Helper } from './threads/helper.ts'
import type { UtilityPort } from './threads/utilityPort.ts'

/** The processes that decode images in the application: the engine asks for them, for only the main process can start one. */
export class DecoderRequests {
  readonly #report: (report: EngineReport) => void
  readonly #asked = new Map<number, AskedProcess>()
  #lastId = 0

  constructor(report: (report: EngineReport) => void) {
    this.#report = report
  }

  start(): Helper {
    const id = ++this.#lastId
    const asked = new AskedProcess(() => { this.#report({ type: 'endDecoder', id }) })
    this.#asked.set(id, asked)
    this.#report({ type: 'startDecoder', id })
    return asked
  }

  started(id: number, port: UtilityPort | undefined): void {
    if (port !== undefined) this.#asked.get(id)?.connect(port)
  }

  ended(id: number): void {
    this.#asked.get(id)?.emit('exit')
    this.#asked.delete(id)
  }
}

class AskedProcess extends EventEmitter implements Helper {
  readonly #end: () => void
  #port: UtilityPort | undefined
  /** What was said before the process was there. */
  readonly #unsent: unknown[] = []
  #hasEnded = false

  constructor(end: () => void) {
    super()
    this.#end = end
    this.once('exit', () => { this.#hasEnded = true })
  }

  connect(port: UtilityPort): void {
    this.#port = port
    port.on('message', ({ data }) => this.emit('message', data))
    port.start()
    for (const message of this.#unsent.splice(0)) port.postMessage(message)
  }

  postMessage(message: unknown): void {
    if (this.#port === undefined) this.#unsent.push(message)
    else this.#port.postMessage(message)
  }

  async terminate(): Promise<void> {
    if (this.#hasEnded) return
    const ended = once(this, 'exit')
    this.#end()
    await ended
  }
}
