import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CHANNELS, type ChannelName, type RequestOf, type ResponseOf } from '../../../shared/rpc/channels.ts'
import type { EngineConfig } from '../../../shared/rpc/engineControl.ts'
import { RpcError, RpcErrorCodeSchema } from '../../../shared/rpc/errors.ts'
import { COMPILE_CACHE } from '../../builders/compileCache.ts'
import { POINT_LINE, ReportSchema, type Command, type Ending, type Report } from './messages.ts'
import { SILENCE_MS, StationDied, type Station } from './station.ts'

const program = join(import.meta.dirname, 'engineProcess.ts')

/** How the next life goes. `clockIsOffBy` in milliseconds. */
export interface Life { ending?: Ending; clockIsOffBy?: number }

/** The engine in a process of its own, which can be killed. */
export class OwnProcessStation implements Station {
  readonly folder: string
  /** Where the process would write what does not belong into the workspace: its working, home and temporary folder. */
  readonly elsewhere: string
  /** Everything that the process was told and said on its outputs. */
  output = ''
  life: Life = {}
  /** The last life ended by SIGKILL, from inside or outside. */
  wasKilled = false
  readonly #config: EngineConfig
  readonly #environment: Record<string, string>
  #child: ChildProcess | undefined
  readonly #pending = new Map<number, (report: Extract<Report, { kind: 'answer' }> | undefined) => void>()
  #calls = 0

  constructor(config: EngineConfig, environment: Record<string, string> = {}) {
    this.#config = config
    this.#environment = environment
    this.folder = config.workspaceDir
    this.elsewhere = join(dirname(this.folder), 'elsewhere')
  }

  /** Points that were passed in all lives, as "name moment". */
  get passed(): string[] {
    return this.output.split('\n').filter((line) => POINT_LINE.test(line)).map((line) => line.slice('point '.length))
  }

  get isAlive(): boolean {
    return this.#child !== undefined
  }

  /** @throws StationDied when it is not running. */
  get pid(): number {
    if (this.#child?.pid === undefined) throw new StationDied('The engine is not running')
    return this.#child.pid
  }

  /** Starts the engine; it may be killed by its ending before it has started. */
  async start(): Promise<void> {
    const { elsewhere } = this
    mkdirSync(elsewhere, { recursive: true })
    const child = fork(program, [], {
      cwd: elsewhere, execArgv: ['--no-warnings'], stdio: ['ignore', 'pipe', 'pipe', 'ipc'], serialization: 'advanced',
      env: { PATH: process.env['PATH'], HOME: elsewhere, TMPDIR: elsewhere, ...COMPILE_CACHE, ...this.#environment },
    })
    this.#child = child
    this.wasKilled = false
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => { this.output += text })
    child.on('exit', (_code, signal) => { this.#hasEnded(signal === 'SIGKILL') })
    child.on('message', (message) => { this.#hear(ReportSchema.parse(message)) })
    const { ending, clockIsOffBy = 0 } = this.life
    this.life = {}
    const begun = Promise.race([once(child, 'message').then(([message]) => ReportSchema.parse(message)), once(child, 'exit')])
    this.#tell({ kind: 'start', config: this.#config, ...(ending === undefined ? {} : { ending }), clockIsOffBy, silenceMs: SILENCE_MS })
    const first = await begun
    if ('kind' in first && first.kind === 'failed') throw new Error(`The engine did not start: ${first.message}`)
  }

  async call<C extends ChannelName>(channel: C, request: RequestOf<C>): Promise<ResponseOf<C>> {
    if (!this.isAlive) throw new StationDied('The engine is not running')
    const id = ++this.#calls
    const answer = await new Promise<Extract<Report, { kind: 'answer' }> | undefined>((resolve) => {
      this.#pending.set(id, resolve)
      this.#tell({ kind: 'call', id, channel, request })
    })
    if (answer === undefined) throw new StationDied(`The engine died before it answered ${channel}`)
    if (answer.error === undefined) return CHANNELS[channel].response.parse(answer.value) as ResponseOf<C>
    const code = RpcErrorCodeSchema.safeParse(answer.error.code)
    throw code.success ? new RpcError(code.data, answer.error.message) : new Error(answer.error.message)
  }

  resume(): void {
    if (this.isAlive) this.#tell({ kind: 'resume' })
  }

  stop(): Promise<void> {
    return this.#end(() => { this.#tell({ kind: 'stop' }) })
  }

  kill(): Promise<void> {
    return this.#end((child) => child.kill('SIGKILL'))
  }

  /** Resolves when the process has ended, by itself or by its ending. */
  async ended(): Promise<void> {
    await this.#end(() => undefined)
  }

  async #end(how: (child: ChildProcess) => void): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    const ended = once(child, 'close')
    how(child)
    await ended
  }

  #tell(command: Command): void {
    // A process that is killed at this moment does not listen any more.
    if (this.#child?.connected === true) this.#child.send(command, () => undefined)
  }

  #hear(report: Report): void {
    if (report.kind !== 'answer') return
    this.#pending.get(report.id)?.(report)
    this.#pending.delete(report.id)
  }

  #hasEnded(wasKilled: boolean): void {
    this.wasKilled = wasKilled
    this.#child = undefined
    for (const answer of this.#pending.values()) answer(undefined)
    this.#pending.clear()
  }
}
