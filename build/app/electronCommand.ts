import type { ElectronRuntime } from '../provision/electron.ts'

/** A program with its arguments. */
export interface Command {
  executable: string
  args: string[]
}

/** The command that starts the bundled application of a checkout. */
export function electronCommand(root: string, runtime: Pick<ElectronRuntime, 'executable'>): Command {
  // Chromium refuses its sandbox to root; level 3 leaves out what it says about a missing D-Bus and GPU.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return { executable: runtime.executable, args: [...sandbox, '--log-level=3', root] }
}
