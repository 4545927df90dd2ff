import { join } from 'node:path'
import { openDisplay } from '../display/display.ts'
import type { ElectronRuntime } from '../provision/electron.ts'
import { exitCodeOf, startProcess } from './processes.ts'
import { testEnvironment } from './testEnvironment.ts'

/** Runs a script that drives the prepared application, and gives its exit code. Where there is no display it gets a virtual one. */
export async function runWithApp(root: string, runtime: ElectronRuntime, script: string, args: string[]): Promise<number> {
  const display = await openDisplay()
  const env = { ...process.env, ...display.environment, ...testEnvironment(root, runtime) }
  return exitCodeOf(startProcess(process.execPath, [join(root, script), ...args], { stdio: 'inherit', env }))
}
