import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, vi } from 'vitest'
import { hasDisplay } from '../../../../build/display/display.ts'
import { hasCommand } from '../../../../build/provision/hasCommand.ts'

const module = resolve(import.meta.dirname, '../../../../build/display/display.ts')
const canRun = process.platform === 'linux' && hasCommand('Xvfb') && hasCommand('setpriv')

/** Runs a program that opens a virtual display and then waits; gives it with the display's number. */
async function openInProgram() {
  const code = `import { openDisplay } from ${JSON.stringify(module)}
    const { environment } = await openDisplay()
    console.log(environment.DISPLAY)
    setInterval(() => {}, 1000)`
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...env } = process.env
  const program = spawn(process.execPath, ['--input-type=module', '-e', code], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const line: unknown[] = await once(createInterface({ input: program.stdout }), 'line')
  return { program, number: String(line[0]).slice(1) }
}

describe('the display', () => {
  it.runIf(process.platform === 'linux')('is there when the environment names one', () => {
    vi.stubEnv('DISPLAY', '')
    vi.stubEnv('WAYLAND_DISPLAY', '')
    expect(hasDisplay()).toBe(false)
    vi.stubEnv('DISPLAY', ':0')
    expect(hasDisplay()).toBe(true)
    vi.unstubAllEnvs()
  })

  it.runIf(canRun)('opens virtual ones side by side, which end with the programs that opened them, even killed ones (needs Xvfb and setpriv)', async () => {
    const [one, other] = await Promise.all([openInProgram(), openInProgram()])
    expect(one.number).not.toBe(other.number)
    for (const { program, number } of [one, other]) {
      const socket = `/tmp/.X11-unix/X${number}`
      expect(existsSync(socket)).toBe(true)
      program.kill('SIGKILL')
      await vi.waitFor(() => expect(existsSync(socket)).toBe(false), { timeout: 10_000 })
    }
  })
})
