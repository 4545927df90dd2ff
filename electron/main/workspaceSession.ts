import { hostname } from 'node:os'
import { app, powerMonitor, type WebContents } from 'electron'
import type { WorkspaceSource } from '../../shared/rpc/engineControl.ts'
import { MAIN_CHANNELS, type Session } from '../../shared/rpc/preload.ts'
import { EngineHost } from './engineHost.ts'
import { keyringName } from './keyring.ts'
import { rememberWorkspace } from './lastWorkspace.ts'
import type { ServedData } from './protocols.ts'
import { workspaceLocation } from './workspaceLocation.ts'

const MAX_RESTARTS = 3
const RESTART_WINDOW_MS = 60_000

/** Which workspace is open, and the engine that serves it; an engine that is lost is started again a few times. */
export class WorkspaceSession {
  #engine: EngineHost | undefined
  #starting: Promise<void> = Promise.resolve()
  #session: Session = { kind: 'none' }
  #opened: { source: WorkspaceSource; workspaceDir: string } | undefined
  #losses: number[] = []
  readonly #announce: (session: Session) => void

  constructor(announce: (session: Session) => void) {
    this.#announce = announce
    powerMonitor.on('resume', () => this.#engine?.resume())
  }

  get session(): Session {
    return this.#session
  }

  /** Opens a workspace in place of the one that is open. */
  async open(source: WorkspaceSource, workspaceDir = workspaceLocation(source, app.getPath('userData'))): Promise<Session> {
    await this.close()
    this.#opened = { source, workspaceDir }
    await this.#start()
    if (this.#session.kind === 'workspace') await rememberWorkspace(app.getPath('userData'), source)
    return this.#session
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
    const config = { ...this.#opened, restoreBackup, appVersion: app.getVersion(), deviceName: hostname() || 'workstation', keyring: keyringName() }
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
