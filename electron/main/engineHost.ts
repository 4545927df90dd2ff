import { fileURLToPath } from 'node:url'
import { MessageChannelMain, session, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron'
import { assertNever } from '../../shared/domain/assertNever.ts'
import { EngineReportSchema, type EngineCommand, type EngineConfig, type EngineStartFailure } from '../../shared/rpc/engineControl.ts'
import { parseDataUrl } from '../../shared/rpc/dataUrl.ts'
import { DecoderProcesses } from './decoderProcesses.ts'
import type { ServedData } from './protocols.ts'
import { ENGINE_JS_FLAGS } from './v8Flags.ts'

const STOP_TIMEOUT_MS = 10_000
const DATA_TIMEOUT_MS = 30_000

/** Runs the engine in a process of its own, so that neither a decoder's crash nor heavy work touches the windows. */
export class EngineHost {
  readonly #child: UtilityProcess
  readonly #decoders = new DecoderProcesses((id) => { this.#send({ type: 'decoderEnded', id }) })
  readonly #pending = new Map<number, (data: ServedData | undefined) => void>()
  #nextId = 1
  #stopping = false
  #exited = false

  private constructor(child: UtilityProcess) {
    this.#child = child
  }

  /** Starts an engine and answers when its workspace is open. `onLost` is called when the process ends without being asked. */
  static start(config: EngineConfig, onLost: () => void): Promise<EngineHost | EngineStartFailure> {
    const child = utilityProcess.fork(fileURLToPath(new URL('../engine/main.ts', import.meta.url)), [], { serviceName: 'Fieldmark engine', stdio: 'inherit', execArgv: [ENGINE_JS_FLAGS] })
    const host = new EngineHost(child)
    return new Promise((settle) => {
      child.on('message', (message: unknown) => host.#receive(message, settle))
      child.on('exit', (code) => {
        settle({ code: 'engineCrashed', detail: `The engine ended with code ${code}` })
        host.#end(onLost)
      })
      host.#send({ type: 'start', config })
    })
  }

  /** Makes a channel to the engine and returns the window's end. */
  connect(): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain()
    this.#send({ type: 'connect' }, [port1])
    return port2
  }

  /** Reads an image, tile or thumbnail out of the cache; undefined when there is none. What is no address of one does not reach the engine. */
  readData(url: string): Promise<ServedData | undefined> {
    if (this.#exited || parseDataUrl(url) === undefined) return Promise.resolve(undefined)
    const id = this.#nextId++
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#answer(id, undefined), DATA_TIMEOUT_MS)
      this.#pending.set(id, (data) => {
        clearTimeout(timer)
        resolve(data)
      })
      this.#send({ type: 'data', id, url })
    })
  }

  /** The computer woke up: what was under way hangs on dead connections. */
  resume(): void {
    this.#send({ type: 'resume' })
  }

  /** Lets the engine finish what it writes; after ten seconds it is ended all the same, which loses nothing that was acknowledged. */
  stop(): Promise<void> {
    this.#stopping = true
    if (this.#exited) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#child.kill(), STOP_TIMEOUT_MS)
      this.#child.once('exit', () => {
        clearTimeout(timer)
        resolve()
      })
      this.#send({ type: 'stop' })
    })
  }

  #send(command: EngineCommand, ports: MessagePortMain[] = []): void {
    if (!this.#exited) this.#child.postMessage(command, ports)
  }

  #receive(message: unknown, settle: (result: EngineHost | EngineStartFailure) => void): void {
    const report = EngineReportSchema.parse(message)
    switch (report.type) {
      case 'started': return settle(this)
      case 'failed':
        settle(report.failure)
        this.#stopping = true
        this.#child.kill()
        return
      case 'data': return this.#answer(report.id, report.bytes && { bytes: report.bytes, mediaType: report.mediaType ?? 'application/octet-stream' })
      case 'askProxy':
        void session.defaultSession.resolveProxy(report.origin).then((rules) => this.#send({ type: 'proxy', id: report.id, rules }))
        return
      case 'startDecoder': return this.#send({ type: 'decoderStarted', id: report.id }, [this.#decoders.start(report.id)])
      case 'endDecoder': return this.#decoders.end(report.id)
      case 'stopped': return
      default: assertNever(report, 'engine report')
    }
  }

  #answer(id: number, data: ServedData | undefined): void {
    this.#pending.get(id)?.(data)
    this.#pending.delete(id)
  }

  #end(onLost: () => void): void {
    this.#exited = true
    this.#decoders.endAll()
    for (const id of [...this.#pending.keys()]) this.#answer(id, undefined)
    if (!this.#stopping) onLost()
  }
}
