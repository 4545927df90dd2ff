import { createEngine, type Engine } from '../../../electron/engine/engine.ts'
import type { ChannelName, RequestOf, ResponseOf } from '../../../shared/rpc/channels.ts'
import type { EngineConfig } from '../../../shared/rpc/engineControl.ts'
import { SILENCE_MS, StationDied, type Station } from './station.ts'

/** The engine in this very process: cheap, and it cannot be killed. It fetches no images, whose decoders cost more than all the rest. */
export class SameProcessStation implements Station {
  readonly folder: string
  readonly #config: EngineConfig
  #engine: Engine | undefined

  constructor(config: EngineConfig) {
    this.#config = config
    this.folder = config.workspaceDir
  }

  get isAlive(): boolean {
    return this.#engine !== undefined
  }

  async start(): Promise<void> {
    // The shortest pauses there are.
    this.#engine = await createEngine(this.#config, { background: true, silenceMs: SILENCE_MS, random: () => 0 })
    await this.#engine.call('prefetch.cancel', {})
  }

  async call<C extends ChannelName>(channel: C, request: RequestOf<C>): Promise<ResponseOf<C>> {
    if (this.#engine === undefined) throw new StationDied('The engine is not running')
    return this.#engine.call(channel, request)
  }

  resume(): void {
    this.#engine?.wake('resume')
  }

  async stop(): Promise<void> {
    const engine = this.#engine
    this.#engine = undefined
    await engine?.stop()
  }

  kill(): Promise<void> {
    return this.stop()
  }
}
