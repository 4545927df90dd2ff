import { useCallback, useEffect, useRef, useState } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { ChannelName, RequestOf, ResponseOf } from '../../../shared/rpc/channels.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'

/** Requests that take a while, tell how far they are, and can be stopped by their job's id. */
type JobChannel = { [C in ChannelName]: RequestOf<C> extends { jobId: string } ? C : never }[ChannelName]

export type JobState<T> =
  | { kind: 'idle' }
  | { kind: 'running'; done: number; total: number }
  | { kind: 'cancelled' }
  | { kind: 'failed'; error: unknown }
  | { kind: 'done'; result: T }

export interface Job<C extends JobChannel> {
  state: JobState<ResponseOf<C>>
  start: (request: Omit<RequestOf<C>, 'jobId'>) => void
  cancel: () => void
  /** Forgets how the last one ended. */
  clear: () => void
}

/** One job of a channel at a time, with its progress, and the way to stop it. */
export function useJob<C extends JobChannel>(channel: C): Job<C> {
  const engine = useEngine()
  const [state, setState] = useState<JobState<ResponseOf<C>>>({ kind: 'idle' })
  const job = useRef<string>(undefined)

  useEffect(() => engine.subscribe('job.progress', ({ jobId, done, total }) => {
    if (jobId === job.current) setState({ kind: 'running', done, total })
  }), [engine])

  const start = (request: Omit<RequestOf<C>, 'jobId'>) => {
    const jobId = uuidv7()
    job.current = jobId
    setState({ kind: 'running', done: 0, total: 0 })
    const end = (next: JobState<ResponseOf<C>>) => {
      if (job.current !== jobId) return
      job.current = undefined
      setState(next)
    }
    engine.request(channel, { ...request, jobId } as RequestOf<C>).then(
      (result) => end({ kind: 'done', result }),
      (error: unknown) => end(error instanceof RpcError && error.code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', error }),
    )
  }
  const cancel = useCallback(() => {
    // The job's own answer tells how it ended; one that is over has nothing to cancel.
    if (job.current !== undefined) engine.request('jobs.cancel', { jobId: job.current }).catch(() => {})
  }, [engine])
  return { state, start, cancel, clear: () => setState({ kind: 'idle' }) }
}
