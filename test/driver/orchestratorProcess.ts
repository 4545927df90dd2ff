import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync } from 'node:fs'
import { cp, mkdtemp, rename } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { COMPILE_CACHE } from '../builders/compileCache.ts'

const ReadySchema = z.object({ ready: z.literal(true), url: z.url(), token: z.string(), reviewerToken: z.string(), serverKeyId: z.string() })
const SERVE = resolve(import.meta.dirname, '../orchestrator/serve.ts')
const START_TIMEOUT_MS = 60_000

/** The reference orchestrator as a process of its own, which can be killed and started again on the same data and port. */
export class OrchestratorProcess {
  readonly url: string
  readonly token: string
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, ready: z.infer<typeof ReadySchema>) {
    this.#child = child
    this.url = ready.url
    this.token = ready.token
  }

  static async start(dataDir: string, options: { port?: number; seed?: 'demo' | 'empty'; environment?: Record<string, string> } = {}): Promise<OrchestratorProcess> {
    const { port = 0, seed = 'demo', environment } = options
    // Another environment may keep the data elsewhere.
    if (seed === 'demo' && environment === undefined && !existsSync(dataDir)) await copyOfDemo(dataDir)
    mkdirSync(dataDir, { recursive: true })
    const args = [SERVE, '--port', String(port), '--data', dataDir, '--seed', seed, '--exit-with-stdin']
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, ...COMPILE_CACHE, ...environment } })
    const lines = createInterface({ input: child.stdout })
    const [line] = (await once(lines, 'line', { signal: AbortSignal.timeout(START_TIMEOUT_MS) })) as [string]
    return new OrchestratorProcess(child, ReadySchema.parse(JSON.parse(line)))
  }

  get port(): number {
    return Number(new URL(this.url).port)
  }

  stop(): Promise<void> {
    return this.#end('SIGTERM')
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill(signal)
    await ended
  }
}

/** Where a run of the tests keeps the demo's data, which take longer to make than to copy; without it each orchestrator makes its own. */
const DEMO = process.env['FIELDMARK_SEEDED_DEMO']

async function copyOfDemo(dataDir: string): Promise<void> {
  if (DEMO === undefined) return
  if (!existsSync(DEMO)) await makeDemo(DEMO)
  await cp(DEMO, dataDir, { recursive: true })
}

async function makeDemo(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true })
  const made = await mkdtemp(`${folder}-`)
  const orchestrator = await OrchestratorProcess.start(made)
  await orchestrator.stop()
  // Another test may have been quicker.
  await rename(made, folder).catch((error: unknown) => { if (!existsSync(folder)) throw error })
}
