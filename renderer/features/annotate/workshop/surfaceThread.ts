import { doSurfaceWork } from '../../../../shared/geometry/surfaceWork.ts'
import type { WorkReply, WorkRequest } from './messages.ts'

// The thread that works on surfaces. Both ends of the channel are made from these sources, so their types hold without a check.

self.addEventListener('message', ({ data: { id, kind, input } }: MessageEvent<WorkRequest>) => {
  self.postMessage(reply(id, () => doSurfaceWork(kind, input)))
})

function reply(id: number, work: () => ReturnType<typeof doSurfaceWork>): WorkReply {
  try {
    return { id, kind: 'done', result: work() }
  } catch (error) {
    return { id, kind: 'failed', detail: error instanceof Error ? error.message : String(error) }
  }
}
