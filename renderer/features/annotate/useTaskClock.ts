import { useEffect } from 'react'
import type { TaskClock } from './taskClock.ts'

const SIGNS = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const

/** Runs a task's clock while its view is shown, by what the person does. */
export function useTaskClock(clock: TaskClock): void {
  useEffect(() => {
    const stop = new AbortController()
    const options = { signal: stop.signal, passive: true, capture: true }
    for (const sign of SIGNS) window.addEventListener(sign, () => clock.sign(), options)
    document.addEventListener('visibilitychange', () => (document.hidden ? clock.pause() : clock.sign()), options)
    if (!document.hidden) clock.sign()
    return () => {
      stop.abort()
      clock.pause()
    }
  }, [clock])
}
