import { hostname } from 'node:os'
import { app, powerMonitor, type WebContents } from 'electron'
import type { WorkspaceSource } from '../../shared/rpc/engineControl.ts'
import { MAIN_CHANNELS, type Session, type TokenChoice, type TokenKeeping } from '../../shared/rpc/preload.ts'
import { EngineHost } from './engineHost.ts'
import { systemKeyring } from './keyring.ts'
import type { ServedData } from './protocols.ts'
import { workspaceLocation } from './workspaceLocation.ts'
import { WorkspaceMemory } from './workspaceMemory.ts'

const MAX_RESTARTS = 3
const RESTART_WINDOW_MS = 60_000

/** Which workspace is open, and the engine that serves it; an engine that is lost is started again a few times. */
export class WorkspaceSession {
  #engine: EngineHost | undefined
  #starting: Promise<void> = Promise.resolve()
  #session: Session = { kind: 'none' }
  #opened: { source: WorkspaceSource; workspaceDir: string } | undefined
  #enteredBy: 'person' | 'environment' = 'person'
  readonly #memory = new WorkspaceMemory(app.getPath('userData'), systemKeyring)
  #losses: number[] = []
  readonly #announce: (session: Session) => void

  constructor(announce: (session: Session) => void) {
    this.#announce = announce
    powerMonitor.on('resume', () => this.#engine?.resume())
  }

  get session(): Session {
    return this.#session
  }

  /** Opens what the environment names, in the folder that it names. */
  async openLaunched(source: WorkspaceSource, workspaceDir: string | undefined): Promise<void> {
    this.#enteredBy = 'environment'
    await this.#open(source, workspaceDir)
  }

  /** Opens what was open last, or says what is missing for it. */
  async openLast(): Promise<void> {
    const last = await this.#memory.recall()
    if (last.kind === 'source') await this.#open(last.source)
    else if (last.kind === 'tokenMissing') this.#set(last)
  }

  /** Opens a workspace that a person chose, in place of the one that is open. */
  open(source: WorkspaceSource): Promise<Session> {
    this.#enteredBy = 'person'
    return this.#open(source)
  }

  async tokenKeeping(): Promise<TokenKeeping> {
    const concerned = this.#enteredBy === 'person' && this.#session.kind === 'workspace' && this.#opened?.source.kind === 'orchestrator'
    return { keyring: systemKeyring.name(), isProtected: await systemKeyring.isProtecting(), concerned, choice: await this.#memory.choice() }
  }

  /** Keeps the token as the person chose, now and from now on. */
  async keepToken(choice: TokenChoice): Promise<TokenKeeping> {
    await this.#memory.choose(choice)
    const keeping = await this.tokenKeeping()
    if (keeping.concerned && this.#opened) await this.#memory.remember(this.#opened.source)
    return keeping
  }

  async #open(source: WorkspaceSource, workspaceDir = workspaceLocation(source, app.getPath('userData'))): Promise<Session> {
    await this.close()
    this.#opened = { source, workspaceDir }
    await this.#start()
    if (this.#session.kind === 'workspace' && !this.#isOfEnvironment(source)) await this.#memory.remember(source)
    return this.#session
  }

  /** What the environment gives it gives again, and it says itself how its token is kept. */
  #isOfEnvironment({ kind }: WorkspaceSource): boolean {
    return kind === 'orchestrator' && this.#enteredBy === 'environment'
  }

  /** Starts the engine anew from a backup; the database that it replaces is kept. */
  async restoreBackup(name: string): Promise<Session> {
    const opened = this.#opened
    if (opened === undefined) return this.#session
    await this.close()
    this.#opened = opened
    await this.#start(name)
    return this.#session
  }

  /** Hands the page a fresh port to the engine. */
  connect(contents: WebContents): void {
    if (this.#engine) contents.postMessage(MAIN_CHANNELS.connectEngine, null, [this.#engine.connect()])
  }

  readData(url: string): Promise<ServedData | undefined> {
    return this.#engine?.readData(url) ?? Promise.resolve(undefined)
  }

  /** Ends the engine, also one that is only just starting: it would outlive the application. */
  async close(): Promise<void> {
    this.#opened = undefined
    await this.#starting
    const engine = this.#engine
    this.#engine = undefined
    await engine?.stop()
  }

  #start(restoreBackup?: string): Promise<void> {
    return (this.#starting = this.#startEngine(restoreBackup))
  }

  async #startEngine(restoreBackup: string | undefined): Promise<void> {
    if (!this.#opened) return
    const config = { ...this.#opened, restoreBackup, appVersion: app.getVersion(), deviceName: hostname() || 'workstation', keyring: systemKeyring.name() }
    const started = await EngineHost.start(config, () => void this.#recover())
    if (started instanceof EngineHost) {
      this.#engine = started
      this.#set({ kind: 'workspace' })
    } else {
      this.#set({ kind: 'failed', ...started })
    }
  }

  async #recover(): Promise<void> {
    if (!this.#engine) return
    this.#engine = undefined
    const now = Date.now()
    this.#losses = [...this.#losses.filter((at) => now - at < RESTART_WINDOW_MS), now]
    if (this.#losses.length <= MAX_RESTARTS) await this.#start()
    else this.#set({ kind: 'failed', code: 'engineCrashed', detail: `The engine ended ${this.#losses.length} times within a minute` })
  }

  #set(session: Session): void {
    this.#session = session
    this.#announce(session)
  }
}
