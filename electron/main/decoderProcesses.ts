import { fileURLToPath } from 'node:url'
import { MessageChannelMain, utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron'
import { ENGINE_JS_FLAGS } from './v8Flags.ts'

/** The processes in which an engine has images decoded: each has a port to the engine, and ends with it. */
export class DecoderProcesses {
  readonly #children = new Map<number, UtilityProcess>()
  readonly #onEnd: (id: number) => void

  constructor(onEnd: (id: number) => void) {
    this.#onEnd = onEnd
  }

  /** @returns the engine's end of the channel. */
  start(id: number): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain()
    const child = utilityProcess.fork(fileURLToPath(new URL('../engine/tiles/imageWorker.ts', import.meta.url)), [], { serviceName: 'Fieldmark image decoder', stdio: 'ignore', execArgv: [ENGINE_JS_FLAGS] })
    child.on('exit', () => {
      this.#children.delete(id)
      this.#onEnd(id)
    })
    child.postMessage(undefined, [port1])
    this.#children.set(id, child)
    return port2
  }

  /** Ends it without asking it: an image may have broken it. `UtilityProcess.kill` asks by SIGTERM, which it does not heed. */
  end(id: number): void {
    const child = this.#children.get(id)
    if (child?.pid === undefined) child?.once('spawn', () => { this.end(id) })
    else process.kill(child.pid, 'SIGKILL')
  }

  endAll(): void {
    for (const id of this.#children.keys()) this.end(id)
  }
}
