import { utilityParentPort, type UtilityPort } from './utilityPort.ts'

type Answer = (message: unknown, send: (reply: unknown) => void) => void

/**
 * Lets a process answer the engine that had it started, and end with it. In the application the main process starts it and hands it a port to the engine.
 * Signals that go to all processes at once are the engine's to heed: were this one gone first, its work would count as failed.
 */
export function answerAsProcess(answer: Answer): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
  if (utilityParentPort !== undefined) utilityParentPort.on('message', ({ ports: [port] }) => { if (port !== undefined) answerAtPort(port, answer) })
  else {
    process.on('disconnect', () => process.exit())
    process.on('message', (message) => { answer(message, (reply) => process.send?.(reply)) })
  }
}

function answerAtPort(port: UtilityPort, answer: Answer): void {
  port.on('close', () => process.exit())
  port.on('message', ({ data }) => { answer(data, (reply) => { port.postMessage(reply) }) })
  port.start()
}
