import { join, resolve } from 'node:path'
import { _electron } from '@playwright/test'
import type { ElectronApplication, Page } from '@playwright/test'
import { electronStart } from '../../driver/electronStart.ts'
import type { watchPictures } from './window/pictures.mjs'

declare global {
  /** In Electron's main process: see window/main.mjs. */
  var pictures: ReturnType<typeof watchPictures>
}

const WINDOW = resolve(import.meta.dirname, 'window')
/** A window that looks the same for so long is at rest. */
const QUIET_MS = 800

/** A fresh Electron with one window on a page of the benchmark. */
export class BenchWindow {
  readonly page: Page
  readonly #electron: ElectronApplication

  private constructor(electron: ElectronApplication, page: Page) {
    this.#electron = electron
    this.page = page
    page.on('pageerror', (error) => { console.error(error.message) })
  }

  /** @param folder where it keeps its profile */
  static async open(url: string, folder: string): Promise<BenchWindow> {
    const { executable, args } = electronStart()
    const flags = [`--user-data-dir=${join(folder, 'profile')}`, '--lang=en', '--js-flags=--expose-gc', '--enable-precise-memory-info']
    const electron = await _electron.launch({
      executablePath: executable, args: [...flags, ...args.slice(0, -1), WINDOW], env: { ...process.env, BENCH_PAGE: url, ELECTRON_DISABLE_SECURITY_WARNINGS: 'true' },
    })
    return new BenchWindow(electron, await electron.firstWindow())
  }

  /** Does something and waits until the window is at rest again; what was done, and when the window first looked as it does then, as `Date.now()`. */
  async untilAtRest<T>(act: () => Promise<T>): Promise<{ done: T; restedAt: number }> {
    await this.#electron.evaluate(() => { pictures.start() })
    const done = await act()
    return { done, restedAt: await this.#electron.evaluate((_, quietMs) => pictures.rest(quietMs), QUIET_MS) }
  }

  /** Memory of the process that draws the page, in MB. */
  memoryMb(): Promise<number> {
    return this.#electron.evaluate(({ app }) => {
      const metrics = app.getAppMetrics().find(({ type }) => type === 'Tab')
      return metrics === undefined ? NaN : metrics.memory.workingSetSize / 1000
    })
  }

  /** Ends it at once, busy or not. */
  async kill(): Promise<void> {
    const ended = this.#electron.waitForEvent('close')
    this.#electron.process().kill('SIGKILL')
    await ended
  }
}
