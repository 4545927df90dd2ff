import { spawn } from 'node:child_process'
import type { ChildProcess, SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'

const killAfterMs = 10_000
const running = new Set<ChildProcess>()

/** Starts a program that does not outlive this process. */
export function startProcess(executable: string, args: string[], options: SpawnOptions): ChildProcess {
  const child = spawn(executable, args, options)
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

/**
 * The first line that a program writes, by which it says that it is ready.
 * @param descriptor the file descriptor it writes to, which must be a pipe
 * @throws when it ends before, or takes longer than `timeoutMs`
 */
export async function firstLine(child: ChildProcess, descriptor: number, timeoutMs: number): Promise<string> {
  const pipe = child.stdio[descriptor]
  if (!(pipe instanceof Readable)) throw new Error(`File descriptor ${descriptor} of ${child.spawnfile} is not a pipe`)
  const signal = AbortSignal.timeout(timeoutMs)
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error(`${child.spawnargs.join(' ')} ended at once`)
  })
  ended.catch(() => undefined)
  const line: unknown[] = await Promise.race([once(createInterface({ input: pipe }), 'line', { signal }), ended])
  return String(line[0])
}

/** Waits for a program's end and gives its exit code, as a shell does: 128 and the signal's number when a signal ended it. */
export async function exitCodeOf(child: ChildProcess): Promise<number> {
  if (!hasEnded(child)) await once(child, 'exit')
  return child.exitCode ?? 128 + (child.signalCode === null ? 0 : constants.signals[child.signalCode])
}

/** Asks a program to end, and ends it by force when it does not in ten seconds. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  await once(child, 'exit')
  clearTimeout(force)
}

/**
 * Runs a command of the project: its result is the exit code, an error is told in its own words, and whatever ends this
 * process, a signal too, ends the programs it started, the last one first.
 */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')))
  // Ctrl+C arrives twice, from the terminal and from run.mjs: stopping twice does no harm, ending at the second would.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void stopAll().then(() => process.exit(128 + constants.signals[signal])))
  }
  try {
    process.exitCode = await command()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  } finally {
    await stopAll()
  }
}

async function stopAll(): Promise<void> {
  for (const child of [...running].reverse()) await stopProcess(child)
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
