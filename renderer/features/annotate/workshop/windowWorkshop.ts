import type { Workshop } from '../../../editor/store/surfaceWork.ts'
import type { SurfaceResult, SurfaceWorkKind } from '../../../../shared/geometry/surfaceWork.ts'
import type { WorkReply } from './messages.ts'

interface Waiting { readonly resolve: (result: SurfaceResult<SurfaceWorkKind>) => void; readonly reject: (error: Error) => void }

/** A thread that is started at its first work and kept; giving work up ends it, for a computation cannot be interrupted. */
export function createWorkshop(startThread: () => Worker): Workshop {
  let thread: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, Waiting>()

  const end = (reason: string) => {
    thread?.terminate()
    thread = undefined
    const left = [...waiting.values()]
    waiting.clear()
    for (const { reject } of left) reject(new Error(reason))
  }
  const start = () => {
    const started = startThread()
    started.addEventListener('message', ({ data }: MessageEvent<WorkReply>) => {
      const asked = waiting.get(data.id)
      waiting.delete(data.id)
      if (data.kind === 'done') asked?.resolve(data.result)
      else asked?.reject(new Error(data.detail))
    })
    started.addEventListener('error', ({ message }) => { end(message) })
    return started
  }

  return {
    start<K extends SurfaceWorkKind>(kind: K, input: Parameters<Workshop['start']>[1]) {
      const id = ++lastId
      thread ??= start()
      const done = new Promise<SurfaceResult<SurfaceWorkKind>>((resolve, reject) => { waiting.set(id, { resolve, reject }) })
      thread.postMessage({ id, kind, input })
      // The number ties the result to its kind.
      return { done: done as Promise<SurfaceResult<K>>, cancel: () => { if (waiting.has(id)) end('Given up') } }
    },
  }
}

/** The one of this window, across its tasks. */
export const windowWorkshop = createWorkshop(() => new Worker(new URL('./surfaceThread.ts', import.meta.url), { type: 'module' }))
