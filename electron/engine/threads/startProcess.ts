import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Helper } from './helper.ts'

/** Starts a script as a process of Node's, which ends with this one at the latest. The application's processes are started by Electron instead. */
export function startProcess(script: URL): Helper & Pick<ChildProcess, 'pid'> {
  const child = fork(fileURLToPath(script), { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  return Object.assign(child, {
    postMessage(message: unknown) { child.send(message as object) },
    async terminate() {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  })
}
