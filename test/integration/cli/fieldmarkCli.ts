import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { COMPILE_CACHE } from '../../builders/compileCache.ts'

const PROGRAM = resolve(import.meta.dirname, '../../../electron/cli/index.ts')

interface CliResult { code: number | null; stdout: string; stderr: string }

/** The command line as a process of its own, on one workspace. What it prints is kept, so that a test can look for secrets in it. */
export class FieldmarkCli {
  readonly workspace: string
  readonly printed: string[] = []
  readonly #environment: Record<string, string>

  constructor(workspace: string, environment: Record<string, string> = {}) {
    this.workspace = workspace
    this.#environment = environment
  }

  async run(command: string, ...args: string[]): Promise<CliResult> {
    const child = this.start(command, ...args)
    if (!child.stdout || !child.stderr) throw new Error('The command has no output to read')
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), child.exitCode ?? once(child, 'exit')])
    this.printed.push(stdout, stderr)
    return { code: child.exitCode, stdout, stderr }
  }

  /** What a command prints with `--json`. @throws when it ends otherwise than with `code` or prints anything else. */
  async json(code: number, command: string, ...args: string[]): Promise<unknown> {
    const result = await this.run(command, ...args, '--json')
    if (result.code !== code) throw new Error(`${command} ended with ${result.code} instead of ${code}: ${result.stdout}${result.stderr}`)
    return JSON.parse(result.stdout)
  }

  /** Starts a command without waiting for its end. */
  start(command: string, ...args: string[]): ChildProcess {
    const env = { PATH: process.env['PATH'] ?? '', ...COMPILE_CACHE, ...this.#environment }
    return spawn(process.execPath, [PROGRAM, command, ...args, '--workspace', this.workspace], { stdio: ['ignore', 'pipe', 'pipe'], env })
  }
}
