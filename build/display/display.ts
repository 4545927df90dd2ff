import { firstLine, startProcess } from '../app/processes.ts'
import { hasCommand } from '../provision/hasCommand.ts'

/** A display for windows; `environment` names it to a child process. */
export interface Display {
  isVirtual: boolean
  environment: Record<string, string>
}

const startTimeoutMs = 15_000

/** Whether this machine has a display to show windows on. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/** The machine's display, or where there is none a virtual one, which ends with this process. */
export async function openDisplay(): Promise<Display> {
  if (hasDisplay()) return { isVirtual: false, environment: {} }
  // Xvfb looks for a free number itself and writes it to the file descriptor it is given.
  const options = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset']
  // Nobody would notice a forgotten one, so the system ends it when this process is killed and cannot.
  const [program = 'Xvfb', ...first] = hasCommand('setpriv') ? ['setpriv', '--pdeathsig', 'TERM', 'Xvfb'] : []
  const server = startProcess(program, [...first, ...options], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const number = await firstLine(server, 3, startTimeoutMs)
  return { isVirtual: true, environment: { DISPLAY: `:${number.trim()}`, XDG_SESSION_TYPE: 'x11' } }
}
