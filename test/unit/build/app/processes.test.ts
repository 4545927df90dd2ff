import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { exitCodeOf, firstLine, startProcess, stopProcess } from '../../../../build/app/processes.ts'

const forever = 'setInterval(() => {}, 1000)'
const node = (code: string) => startProcess(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] })

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('started programs', () => {
  it('give their exit code as a shell does', async () => {
    expect(await exitCodeOf(node('process.exit(3)'))).toBe(3)
    expect(await exitCodeOf(node(`process.kill(process.pid, 'SIGKILL')`))).toBe(137)
  })

  it('say that they are ready by their first line', async () => {
    const child = node(`console.log('ready'); console.log('more'); ${forever}`)
    expect(await firstLine(child, 1, 10_000)).toBe('ready')
    await stopProcess(child)
    expect(child.signalCode).toBe('SIGTERM')
  })

  it('are reported when they end before they are ready, or take too long', async () => {
    await expect(firstLine(node('process.exit(1)'), 1, 10_000)).rejects.toThrow('ended at once')
    const silent = node(forever)
    await expect(firstLine(silent, 1, 50)).rejects.toThrow()
    await stopProcess(silent)
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('end with the command that started them when that gets %s', async (signal) => {
    const module = resolve(import.meta.dirname, '../../../../build/app/processes.ts')
    const code = `import { runCommand, startProcess, exitCodeOf } from ${JSON.stringify(module)}
      await runCommand(async () => {
        const child = startProcess(process.execPath, ['-e', '${forever}'], { stdio: 'ignore' })
        console.log(child.pid)
        return exitCodeOf(child)
      })`
    const command = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
    const line: unknown[] = await once(createInterface({ input: command.stdout }), 'line')
    const pid = Number(line[0])
    expect(isAlive(pid)).toBe(true)
    command.kill(signal)
    await once(command, 'exit')
    expect(isAlive(pid)).toBe(false)
  })
})
