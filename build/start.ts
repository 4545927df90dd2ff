// `npm start` opens the application on the demo workspace, with the reference orchestrator; `npm start -- folder` opens a local
// project without a server. Where there is no display, the first performs the demo script instead.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { electronCommand } from './app/electronCommand.ts'
import { startOrchestrator } from './app/orchestrator.ts'
import { prepareApp } from './app/prepareApp.ts'
import { exitCodeOf, runCommand, startProcess } from './app/processes.ts'
import { runWithApp } from './app/runWithApp.ts'
import { hasDisplay, openDisplay } from './display/display.ts'
import type { ElectronRuntime } from './provision/electron.ts'

const root = resolve(import.meta.dirname, '..')
await runCommand(() => start(process.argv[2]))

async function start(folder: string | undefined): Promise<number> {
  if (folder !== undefined && !existsSync(folder)) throw new Error(`There is no folder ${resolve(folder)}`)
  const runtime = await prepareApp(root)
  if (folder !== undefined) return openWindow(runtime, { FIELDMARK_FOLDER: resolve(folder) })
  if (!hasDisplay()) {
    console.log('There is no display: performing the demo script on a virtual one (Xvfb).')
    return runWithApp(root, runtime, 'test/demo/demo.ts', [])
  }
  const state = join(root, 'out/demo-workspace')
  const orchestrator = await startOrchestrator(root, join(state, 'orchestrator'))
  console.log(`Reference orchestrator: ${orchestrator.url}`)
  return openWindow(runtime, {
    FIELDMARK_ORCHESTRATOR_URL: orchestrator.url,
    FIELDMARK_TOKEN: orchestrator.token,
    FIELDMARK_WORKSPACE: join(state, 'workspace'),
  })
}

async function openWindow(runtime: ElectronRuntime, environment: Record<string, string>): Promise<number> {
  const display = await openDisplay()
  if (display.isVirtual) console.log('There is no display: the window opens on a virtual one (Xvfb). Ctrl+C ends it.')
  const { executable, args } = electronCommand(root, runtime)
  const env = { ...process.env, ...display.environment, ...environment }
  const app = startProcess(executable, args, { stdio: 'inherit', env })
  return exitCodeOf(app)
}
