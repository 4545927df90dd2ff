import { parentPort } from 'node:worker_threads'
import { ThreadRequestSchema, type ThreadReply } from './messages.ts'

/** Lets a worker's thread answer the messages of its `WorkerThread`. */
export function answerInThread(answer: (request: unknown) => Promise<unknown>): void {
  const send = (reply: ThreadReply) => { parentPort?.postMessage(reply) }
  parentPort?.on('message', (message: unknown) => {
    const { id, request } = ThreadRequestSchema.parse(message)
    answer(request).then(
      (reply) => { send({ kind: 'done', id, reply }) },
      (error: unknown) => { send({ kind: 'error', id, detail: error instanceof Error ? error.message : String(error) }) },
    )
  })
}
