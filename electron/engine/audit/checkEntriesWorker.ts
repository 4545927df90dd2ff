import { parentPort } from 'node:worker_threads'
import { EntryChecker } from './checkEntries.ts'
import type { CheckReply, CheckRequest } from './checkThreads.ts'

const checker = new EntryChecker()

parentPort?.on('message', ({ id, owner, entries }: CheckRequest) => {
  const reply: CheckReply = { id, faults: checker.check(owner, entries) }
  parentPort?.postMessage(reply)
})
