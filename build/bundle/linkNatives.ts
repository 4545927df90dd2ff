import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronRuntime } from '../provision/electron.ts'

/**
 * Gives the bundle the better-sqlite3 that the runtime can load. A link beside the bundle is found before the checkout's own
 * package, so no line of the product knows of it; without one, the checkout's is found.
 */
export function linkNatives(outDir: string, runtime: ElectronRuntime): void {
  const folder = join(outDir, 'node_modules')
  rmSync(folder, { recursive: true, force: true })
  if (runtime.legacySqlite === null) return
  mkdirSync(folder, { recursive: true })
  symlinkSync(runtime.legacySqlite, join(folder, 'better-sqlite3'), 'dir')
}
