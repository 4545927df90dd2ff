import { useCallback, useEffect, useRef, useState } from 'react'
import type { ChannelName, EventName, RequestOf, ResponseOf } from '../../shared/rpc/channels.ts'
import { useEngine } from './EngineContext.tsx'

export interface EngineData<T> {
  /** The newest answer; while another is awaited, the one before. */
  data: T | undefined
  error: Error | undefined
  /** Whether `data` answers the present payload. */
  current: boolean
  reload: () => void
}

interface Answer<T> {
  key: string
  data?: T
  error?: Error
}

/** Asks the engine for what a view shows; asks again when the payload changes, at the given events, and when an engine was connected. */
export function useEngineData<C extends ChannelName>(channel: C, payload: RequestOf<C>, refreshOn: readonly EventName[] = []): EngineData<ResponseOf<C>> {
  const engine = useEngine()
  const key = JSON.stringify(payload)
  const [answer, setAnswer] = useState<Answer<ResponseOf<C>>>()
  const [turn, setTurn] = useState(0)
  const newest = useRef(0)
  const asked = useRef(0)
  const reload = useCallback(() => setTurn((count) => count + 1), [])

  useEffect(() => {
    const mine = ++asked.current
    const accept = (result: Answer<ResponseOf<C>>) => {
      // An older answer is shown until a newer one is here, so that a stream of events does not starve the view.
      if (mine < newest.current) return
      newest.current = mine
      setAnswer((before) => (result.error && before?.key === key ? { ...before, error: result.error } : result))
    }
    engine.request(channel, JSON.parse(key) as RequestOf<C>).then(
      (data) => accept({ key, data }),
      (error: unknown) => accept({ key, error: error instanceof Error ? error : new Error(String(error)) }),
    )
  }, [engine, channel, key, turn])

  const events = refreshOn.join()
  useEffect(() => {
    const stops = events === '' ? [] : events.split(',').map((event) => engine.subscribe(event as EventName, reload))
    stops.push(engine.onConnection(() => engine.connected && reload()))
    return () => stops.forEach((stop) => stop())
  }, [engine, events, reload])

  return { data: answer?.data, error: answer?.error, current: answer?.key === key, reload }
}
