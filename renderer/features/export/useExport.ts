import { useCallback, useEffect, useRef, useState } from 'react'
import { v7 as uuidv7 } from 'uuid'
import { useEngine } from '../../bridge/EngineContext.tsx'
import type { ProjectId } from '../../../shared/domain/ids.ts'
import type { ResponseOf } from '../../../shared/rpc/channels.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'

export interface ExportChoices {
  format: 'coco' | 'yolo'
  include: 'submitted' | 'all'
  includeImages: boolean
  directory: string
  projectId: ProjectId | undefined
}

export type ExportState =
  | { kind: 'idle' }
  | { kind: 'running'; done: number; total: number }
  | { kind: 'cancelled' }
  | { kind: 'failed'; error: unknown }
  | { kind: 'done'; result: ResponseOf<'export.run'> }

/** One export at a time, with its progress, and the way to stop it. */
export function useExport(): { state: ExportState; start: (choices: ExportChoices) => void; cancel: () => void } {
  const engine = useEngine()
  const [state, setState] = useState<ExportState>({ kind: 'idle' })
  const job = useRef<string>(undefined)

  useEffect(() => engine.subscribe('job.progress', ({ jobId, done, total }) => {
    if (jobId === job.current) setState({ kind: 'running', done, total })
  }), [engine])

  const start = (choices: ExportChoices) => {
    const jobId = uuidv7()
    job.current = jobId
    setState({ kind: 'running', done: 0, total: 0 })
    const end = (next: ExportState) => {
      if (job.current !== jobId) return
      job.current = undefined
      setState(next)
    }
    engine.request('export.run', { jobId, ...choices }).then(
      (result) => end({ kind: 'done', result }),
      (error: unknown) => end(error instanceof RpcError && error.code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', error }),
    )
  }
  const cancel = useCallback(() => {
    // The export's own answer tells how it ended; a job that is over has nothing to cancel.
    if (job.current !== undefined) engine.request('jobs.cancel', { jobId: job.current }).catch(() => {})
  }, [engine])
  return { state, start, cancel }
}
