import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { firstLine, startProcess } from './processes.ts'

const Ready = z.object({ ready: z.literal(true), url: z.url(), token: z.string().min(1), serverKeyId: z.string() })

const startTimeoutMs = 60_000

/** A running reference orchestrator on loopback. */
export interface RunningOrchestrator {
  url: string
  token: string
}

/**
 * Starts the reference orchestrator with the demo project, on a free port; it ends with this process.
 * @param dataFolder its database and objects; kept between starts
 */
export async function startOrchestrator(root: string, dataFolder: string): Promise<RunningOrchestrator> {
  mkdirSync(dataFolder, { recursive: true })
  const script = join(root, 'test/orchestrator/serve.ts')
  const args = [script, '--port', '0', '--data', dataFolder, '--seed', 'demo']
  const server = startProcess(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const { url, token } = Ready.parse(JSON.parse(await firstLine(server, 1, startTimeoutMs)))
  return { url, token }
}
