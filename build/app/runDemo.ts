import { join } from 'node:path'
import { openDisplay } from '../display/display.ts'
import type { ElectronRuntime } from '../provision/electron.ts'
import { testEnvironment } from './testEnvironment.ts'
import { exitCodeOf, startProcess } from './processes.ts'

/** Performs the demo script on the prepared application and gives its exit code. */
export async function runDemo(root: string, runtime: ElectronRuntime): Promise<number> {
  const display = await openDisplay()
  const env = { ...process.env, ...display.environment, ...testEnvironment(root, runtime) }
  const demo = startProcess(process.execPath, [join(root, 'test/demo/demo.ts')], { stdio: 'inherit', env })
  return exitCodeOf(demo)
}
