import { useEffect } from 'react'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { decodeAhead } from '../../canvas/image/decodeAhead.ts'
import type { Neighbours } from './useNeighbours.ts'

/** Decodes the images of the next and the previous task once the present one is `shown`, so that either appears at once. */
export function useDecodeAhead(neighbours: Neighbours | undefined, shown: boolean): void {
  const engine = useEngine()
  const { next, previous } = neighbours ?? {}
  useEffect(() => {
    if (!shown) return undefined
    const abort = new AbortController()
    const decode = async () => {
      for (const taskId of [next, previous]) {
        if (taskId === undefined || abort.signal.aborted) continue
        const { image } = await engine.request('tasks.image', { taskId })
        if (image) await decodeAhead(image, { width: window.innerWidth, height: window.innerHeight }, window.devicePixelRatio, abort.signal)
      }
    }
    // What cannot be had is told about when the task is opened.
    decode().catch(() => undefined)
    return () => { abort.abort() }
  }, [engine, next, previous, shown])
}
