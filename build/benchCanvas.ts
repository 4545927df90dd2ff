// `npm run bench:canvas` measures the canvas beside others in the same window; `test/bench/canvas/run.ts` says what can be asked for.
import { join, resolve } from 'node:path'
import { build } from 'vite'
import { exitCodeOf, runCommand, startProcess } from './app/processes.ts'
import { testEnvironment } from './app/testEnvironment.ts'
import { windowConfig } from './bundle/configs.ts'
import { hasDisplay, openDisplay } from './display/display.ts'
import { provisionElectron } from './provision/electron.ts'
import { ensureSystemLibraries } from './provision/systemLibraries.ts'

const root = resolve(import.meta.dirname, '..')

/** Bundles the benchmark's page as the product's window is bundled, but apart from it: other people's canvases never come near the application. */
async function bundlePage(): Promise<void> {
  process.env['NODE_ENV'] = 'production'
  const outDir = join(root, 'out/bench-canvas')
  const product = windowConfig(root, outDir)
  await build({ ...product, root: join(root, 'test/bench/canvas/page'), build: { ...product.build, outDir, emptyOutDir: true } })
}

await runCommand(async () => {
  const runtime = await provisionElectron()
  ensureSystemLibraries(runtime.executable, !hasDisplay())
  await bundlePage()
  const display = await openDisplay()
  const env = { ...process.env, ...display.environment, ...testEnvironment(root, runtime) }
  return exitCodeOf(startProcess(process.execPath, [join(root, 'test/bench/canvas/run.ts'), ...process.argv.slice(2)], { stdio: 'inherit', env }))
})
