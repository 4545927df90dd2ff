import { mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { firstLine, startProcess } from './processes.ts'

const Ready = z.object({ ready: z.literal(true), url: z.url(), token: z.string().min(1) })

const startTimeoutMs = 60_000

/** A running reference orchestrator on loopback. */
export interface RunningOrchestrator {
  url: string
  token: string
}

/**
 * Starts the reference orchestrator with the demo project, on a free port. It ends with this process, even when that is killed.
 * @param dataFolder its database, objects and log; kept between starts
 */
export async function startOrchestrator(root: string, dataFolder: string): Promise<RunningOrchestrator> {
  mkdirSync(dataFolder, { recursive: true })
  const log = join(dataFolder, 'orchestrator.log')
  const options = ['--port', '0', '--data', dataFolder, '--seed', 'demo', '--exit-with-stdin']
  const server = startProcess(process.execPath, [join(root, 'test/orchestrator/serve.ts'), ...options], {
    stdio: ['pipe', 'pipe', openSync(log, 'a')],
  })
  try {
    const { url, token } = Ready.parse(JSON.parse(await firstLine(server, 1, startTimeoutMs)))
    return { url, token }
  } catch (error) {
    throw new Error(`The reference orchestrator did not start, see ${log}`, { cause: error })
  }
}
