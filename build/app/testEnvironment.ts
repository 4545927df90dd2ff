import type { ElectronRuntime } from '../provision/electron.ts'
import { electronCommand } from './electronCommand.ts'

/**
 * What tells scripts that drive the application (demo, end-to-end tests, benchmarks) how to start it:
 * FIELDMARK_ELECTRON is the executable, FIELDMARK_ELECTRON_ARGS its arguments as a JSON array.
 */
export function testEnvironment(root: string, runtime: ElectronRuntime): Record<string, string> {
  const { executable, args } = electronCommand(root, runtime)
  return { FIELDMARK_ELECTRON: executable, FIELDMARK_ELECTRON_ARGS: JSON.stringify(args) }
}
