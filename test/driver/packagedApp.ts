import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, type Browser, type Page } from '@playwright/test'
import { environmentOf, type LaunchRequest } from './fieldmarkApp.ts'

const START_TIMEOUT_MS = 60_000

/** The application as it is shipped. Its fuses keep Playwright's own way in shut, so the window is reached by Chromium's protocol. */
export class PackagedApp {
  readonly window: Page
  /** What the page complained about. */
  readonly complaints: string[] = []
  readonly #browser: Browser
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, browser: Browser, window: Page) {
    this.#child = child
    this.#browser = browser
    this.window = window
    window.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text())
    })
    window.on('pageerror', (error) => this.complaints.push(error.message))
  }

  static async launch(executable: string, request: LaunchRequest): Promise<PackagedApp> {
    const userData = request.userData ?? (await mkdtemp(join(tmpdir(), 'fieldmark-profile-')))
    // Chromium refuses its sandbox to root.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const args = [...sandbox, `--user-data-dir=${userData}`, '--lang=en', '--remote-debugging-port=0']
    const child = spawn(executable, args, { env: environmentOf(request), stdio: ['ignore', 'ignore', 'pipe'] })
    const browser = await chromium.connectOverCDP(await debuggingAddress(child))
    const [context] = browser.contexts()
    const window = context?.pages()[0] ?? (await context?.waitForEvent('page'))
    if (!window) throw new Error('The packaged application has no window')
    const app = new PackagedApp(child, browser, window)
    // From its beginning, now that somebody listens to what it complains about.
    await window.reload()
    return app
  }

  /** Quits as when the computer shuts down; answers the exit code. */
  async quit(): Promise<number | null> {
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGTERM')
    await ended
    await this.#browser.close()
    return this.#child.exitCode
  }
}

async function debuggingAddress(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error('The packaged application has no error output to read')
  const signal = AbortSignal.timeout(START_TIMEOUT_MS)
  const said: string[] = []
  for await (const line of createInterface({ input: child.stderr, signal })) {
    const address = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1]
    said.push(line)
    if (address === undefined) continue
    child.stderr.resume()
    return address
  }
  throw new Error(`The packaged application did not start: ${said.join('\n')}`)
}
