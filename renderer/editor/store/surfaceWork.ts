import type { StoreApi } from 'zustand/vanilla'
import type { Shape } from '../../../shared/domain/shape.ts'
import { doSurfaceWork, extentOf } from '../../../shared/geometry/surfaceWork.ts'
import type { SurfaceInput, SurfaceResult, SurfaceWorkKind } from '../../../shared/geometry/surfaceWork.ts'
import type { Pending } from './assistance.ts'
import { shapeOf } from './queries.ts'
import type { EditorState, MessageKey } from './state.ts'

/** Another thread, on which work on surfaces does not hold the window up. Rejects when the work is given up or the thread fails. */
export interface Workshop {
  start<K extends SurfaceWorkKind>(kind: K, input: SurfaceInput<K>): Pending<SurfaceResult<K>>
}

export interface SurfaceWorker {
  /**
   * Does work on surfaces and applies what comes of it: at once, or where it would take long, on another thread. Then it is applied as soon as no gesture is under way,
   * and not at all when one of the `shapes` that went into it has changed; the person is told.
   */
  work<K extends SurfaceWorkKind>(kind: K, input: SurfaceInput<K>, shapes: readonly Shape[], apply: (result: SurfaceResult<K>) => void): void
  /** Gives up all work under way; false when there is none. */
  stopWork(): boolean
}

/** With more than this to look at (see `extentOf`) work may take over 50 ms, and goes to the other thread. */
const MOST_AT_ONCE = 4000

/** Without a workshop everything is done at once. */
export function createSurfaceWorker(workshop: Workshop | undefined, state: StoreApi<EditorState>, tell: (key: MessageKey) => void): SurfaceWorker {
  const underWay = new Set<Pending<unknown>>()
  const show = () => { state.setState({ isWorking: underWay.size > 0 }) }

  const follow = async <R>(pending: Pending<R>, shapes: readonly Shape[], apply: (result: R) => void) => {
    try {
      const result = await pending.done
      await gestureDone(state)
      if (!underWay.has(pending)) return
      if (shapes.every((shape) => shapeOf(state.getState(), shape.id) === shape)) apply(result)
      else tell('editor.message.changedMeanwhile')
    } catch {
      if (underWay.has(pending)) tell('editor.message.workFailed')
    } finally {
      underWay.delete(pending)
      show()
    }
  }

  return {
    work(kind, input, shapes, apply) {
      const extent = shapes.reduce((sum, { geometry }) => sum + extentOf(geometry), 0)
      if (workshop === undefined || extent <= MOST_AT_ONCE) return apply(doSurfaceWork(kind, input))
      const pending = workshop.start(kind, input)
      underWay.add(pending)
      show()
      void follow(pending, shapes, apply)
    },
    stopWork() {
      const given = [...underWay]
      if (given.length === 0) return false
      underWay.clear()
      show()
      for (const pending of given) pending.cancel()
      return true
    },
  }
}

/** An edit in the middle of a gesture would be taken back when the gesture is given up. */
function gestureDone(state: StoreApi<EditorState>): Promise<void> {
  return new Promise((resolve) => {
    if (state.getState().toolState === 'idle') return resolve()
    const stop = state.subscribe(({ toolState }) => {
      if (toolState !== 'idle') return
      stop()
      resolve()
    })
  })
}
