import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, type Page } from '@playwright/test'
import { build, preview } from 'vite'
import { windowConfig } from '../../build/bundle/configs.ts'
import { electronStart } from './electronStart.ts'

const WINDOW = resolve(import.meta.dirname, 'pageWindow')

/** A graphics processor in software, which the browser takes for a real one: slow, but it draws what any draws. */
export const SOFTWARE_GPU = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader']

/** A page of the tests in a window of the real runtime, for what needs a browser but not the whole application. */
export interface TestPage {
  readonly page: Page
  close(): Promise<void>
}

/** Bundles the page in `folder` as the product's window is bundled, and opens it. @param switches of Chromium. */
export async function openTestPage(folder: string, switches: string[] = []): Promise<TestPage> {
  const out = await mkdtemp(join(tmpdir(), 'fieldmark-page-'))
  const product = windowConfig(resolve(import.meta.dirname, '../..'), out)
  const config = { ...product, root: folder, build: { ...product.build, outDir: join(out, 'page') } }
  await build(config)
  const server = await preview({ ...config, preview: { host: '127.0.0.1', port: 0 } })
  const { executable, args } = electronStart()
  const electron = await _electron.launch({
    executablePath: executable, args: [`--user-data-dir=${join(out, 'profile')}`, ...switches, ...args.slice(0, -1), WINDOW],
    env: { ...process.env, PAGE: server.resolvedUrls?.local[0] ?? '', ELECTRON_DISABLE_SECURITY_WARNINGS: 'true' },
  })
  return {
    page: await electron.firstWindow(),
    async close() {
      await electron.close()
      await server.close()
      await rm(out, { recursive: true, force: true })
    },
  }
}
