import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A display for windows; `environment` names it to a child process. */
export interface Display {
  isVirtual: boolean
  environment: Record<string, string>
  close(): Promise<void>
}

const startTimeoutMs = 15_000

/** Whether this machine has a display to show windows on. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/** The machine's display, or a virtual one where there is none. */
export async function openDisplay(): Promise<Display> {
  if (!hasDisplay()) return openVirtualDisplay()
  return { isVirtual: false, environment: {}, close: () => Promise.resolve() }
}

/** Starts Xvfb on a free display number, which Xvfb itself finds. Close it, or it outlives this process. */
export async function openVirtualDisplay(): Promise<Display> {
  const size = ['-screen', '0', '1600x1000x24']
  const server = spawn('Xvfb', ['-displayfd', '3', ...size, '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const stop = () => server.kill('SIGTERM')
  process.on('exit', stop)
  const number = await displayNumber(server)
  return {
    isVirtual: true,
    environment: { DISPLAY: `:${number}`, XDG_SESSION_TYPE: 'x11' },
    close: async () => {
      process.off('exit', stop)
      if (server.exitCode !== null || server.signalCode !== null) return
      stop()
      await once(server, 'exit')
    },
  }
}

async function displayNumber(server: ChildProcess): Promise<string> {
  const pipe = server.stdio[3]
  if (!pipe || !('read' in pipe)) throw new Error('Xvfb was started without a pipe for its display number')
  const lines = createInterface({ input: pipe })
  const signal = AbortSignal.timeout(startTimeoutMs)
  const exited = once(server, 'exit', { signal }).then(() => {
    throw new Error('Xvfb ended at once')
  })
  const [line] = (await Promise.race([once(lines, 'line', { signal }), exited])) as [string]
  exited.catch(() => undefined)
  return line.trim()
}
