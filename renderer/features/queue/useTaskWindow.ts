import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { TaskQuery } from '../../../shared/rpc/taskRows.ts'
import { TaskWindow, type TaskWindowState } from './taskWindow.ts'

/** Changes come in bursts (a pull, a prefetch): one refresh answers all that arrive within this time, in milliseconds. */
const REFRESH_DELAY_MS = 120

/** The rows of a query, kept current by the engine's events. */
export function useTaskWindow(query: TaskQuery): { window: TaskWindow; state: TaskWindowState } {
  const engine = useEngine()
  const [window] = useState(() => new TaskWindow(engine, query))
  const state = useStore(window.state)

  useEffect(() => window.ask(query), [window, query])
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const refreshSoon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        window.refresh()
      }, REFRESH_DELAY_MS)
    }
    const stops = [
      engine.subscribe('tasks.changed', refreshSoon),
      engine.subscribe('asset.changed', refreshSoon),
      engine.onConnection(() => engine.connected && refreshSoon()),
    ]
    window.refresh()
    return () => {
      clearTimeout(timer)
      stops.forEach((stop) => stop())
    }
  }, [engine, window])
  return { window, state }
}
