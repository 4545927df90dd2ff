import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test'
import { electronStart } from './electronStart.ts'
import { AnnotateView } from './annotateView.ts'
import { QueueView } from './queueView.ts'
import { ReviewView } from './reviewView.ts'
import { SyncView } from './syncView.ts'
import { ViewControls } from './viewControls.ts'
import { HistoryView } from './historyView.ts'

export interface LaunchRequest {
  /** Where databases and cached images are kept; the same folder again is the same workstation. */
  workspace?: string
  /** The browser profile of the window; a fresh one by default. */
  userData?: string
  folder?: string
  orchestrator?: { url: string; token: string }
  environment?: Record<string, string>
  /** Switches of Chromium. */
  args?: string[]
}

/** The running application, spoken to as a person would: by what is seen on the screen. */
export class FieldmarkApp {
  readonly queue: QueueView
  readonly annotate: AnnotateView
  readonly sync: SyncView
  readonly history: HistoryView
  readonly review: ReviewView
  readonly view: ViewControls
  /** What the page complained about; a healthy window says nothing. */
  readonly complaints: string[] = []
  readonly window: Page
  readonly #electron: ElectronApplication

  private constructor(electron: ElectronApplication, window: Page) {
    this.#electron = electron
    this.window = window
    this.queue = new QueueView(window)
    this.review = new ReviewView(window)
    this.annotate = new AnnotateView(window)
    this.sync = new SyncView(window)
    this.history = new HistoryView(window)
    this.view = new ViewControls(window, this.annotate)
    window.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(`${message.text()} (${message.location().url})`)
    })
    window.on('pageerror', (error) => this.complaints.push(error.message))
  }

  /** Starts the application that the test runner has prepared. */
  static async launch(request: LaunchRequest): Promise<FieldmarkApp> {
    const electron = await launchElectron(request)
    return new FieldmarkApp(electron, await electron.firstWindow())
  }

  goTo(view: 'Queue' | 'Annotate' | 'Review' | 'Sync' | 'History' | 'Audit log' | 'Dashboard' | 'Diagnostics'): Promise<void> {
    return this.window.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view, exact: true }).click()
  }

  /** Lets the system's own folder picker, which no test can click, answer with `directory`. */
  async chooseFolderWith(directory: string, ask: () => Promise<void>): Promise<void> {
    await this.#electron.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    }, directory)
    await ask()
  }

  /** Puts text on the system's clipboard, as another program would. */
  async copyText(text: string): Promise<void> {
    await this.#electron.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text)
  }

  /** Exports submitted labels of the first project. */
  async exportLabels(format: 'COCO' | 'YOLO', directory: string): Promise<void> {
    await this.goTo('Queue')
    await this.window.getByRole('button', { name: 'Export…' }).click()
    const exporting = this.window.getByRole('dialog', { name: 'Export labels' })
    await exporting.getByText(format, { exact: true }).click()
    await this.chooseFolderWith(directory, () => exporting.getByRole('button', { name: 'Choose…' }).click())
    await exporting.getByRole('button', { name: 'Export', exact: true }).click()
    await expect(exporting.getByText(/^Exported /)).toBeVisible()
    await exporting.getByRole('button', { name: 'Close' }).first().click()
  }

  screenshot(file: string): Promise<Buffer> {
    return this.window.screenshot({ path: file })
  }

  /** Quits as a person does. */
  async quit(): Promise<void> {
    await this.#electron.close()
  }

  /** Ends the engine's process alone, as a crash of it would. */
  async killEngine(): Promise<void> {
    const pid = await this.#electron.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Fieldmark engine')?.pid)
    if (pid === undefined) throw new Error('The engine does not run')
    process.kill(pid, 'SIGKILL')
  }

  /** Ends the processes at once, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#electron.process()
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGKILL')
    await ended
  }
}

/** The bare process, for tests that look behind the window. */
export async function launchElectron(request: LaunchRequest): Promise<ElectronApplication> {
  const { executable, args } = electronStart()
  const userData = request.userData ?? (await mkdtemp(join(tmpdir(), 'fieldmark-profile-')))
  return _electron.launch({
    executablePath: executable,
    args: [`--user-data-dir=${userData}`, '--lang=en', ...args, ...(request.args ?? [])],
    env: environmentOf(request),
    timeout: 60_000,
  })
}

/** The environment of an application that is to open what the request names, and nothing else of this computer's. */
export function environmentOf({ workspace, folder, orchestrator, environment }: LaunchRequest): Record<string, string> {
  const inherited = Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
  return {
    ...inherited,
    LANG: 'en_US.UTF-8',
    ...(workspace === undefined ? {} : { FIELDMARK_WORKSPACE: workspace }),
    ...(folder === undefined ? {} : { FIELDMARK_FOLDER: folder }),
    ...(orchestrator ? { FIELDMARK_ORCHESTRATOR_URL: orchestrator.url, FIELDMARK_TOKEN: orchestrator.token } : {}),
    ...environment,
  }
}
