/** The engine as a process of its own that can be killed: at a persistence point that it is told, or from outside. */
import { writeSync } from 'node:fs'
import { watchPersistence } from './persistence.ts'
import { createEngine, type Engine } from '../../../electron/engine/engine.ts'
import type { ChannelName, RequestOf } from '../../../shared/rpc/channels.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { CommandSchema, type Command, type Ending, type Moment, type Report } from './messages.ts'

let ending: Ending | undefined
const passed = new Set<string>()

watchPersistence((point: string, moment: Moment) => {
  const line = `point ${point} ${moment}\n`
  if (!passed.has(line)) writeSync(1, line)
  passed.add(line)
  if (ending?.point === point && ending.moment === moment) process.kill(process.pid, 'SIGKILL')
})

let engine: Engine | undefined

process.on('message', (message) => {
  obey(CommandSchema.parse(message)).catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
process.on('disconnect', () => process.exit(1))

async function obey(command: Command): Promise<void> {
  switch (command.kind) {
    case 'start': return start(command)
    case 'call': return report({ kind: 'answer', id: command.id, ...(await answerOf(command.channel as ChannelName, command.request)) })
    case 'resume': return engine?.wake('resume')
    case 'stop':
      await engine?.stop()
      process.exit(0)
  }
}

async function start({ config, clockIsOffBy, silenceMs, ...command }: Extract<Command, { kind: 'start' }>): Promise<void> {
  ending = command.ending
  const now = Date.now
  Date.now = () => now() + clockIsOffBy
  try {
    engine = await createEngine(config, { background: true, silenceMs, random: () => 0 })
    report({ kind: 'started' })
  } catch (error) {
    report({ kind: 'failed', message: String(error) })
  }
}

async function answerOf(channel: ChannelName, request: unknown) {
  try {
    return { value: await engine?.call(channel, request as RequestOf<typeof channel>) }
  } catch (error) {
    return { error: { ...(error instanceof RpcError ? { code: error.code } : {}), message: String(error) } }
  }
}

function report(message: Report): void {
  process.send?.(message)
}
