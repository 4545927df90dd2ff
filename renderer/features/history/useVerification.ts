import { useState } from 'react'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { VerifyReport as Report } from '../../../shared/rpc/history.ts'
import { useEngine } from '../../bridge/EngineContext.tsx'

/** How far a verification is. */
export type Verification = { kind: 'none' } | { kind: 'running' } | { kind: 'failed'; error: unknown } | { kind: 'done'; report: Report }

/** Runs verifications and keeps the last one's result until it is cleared. */
export function useVerification() {
  const engine = useEngine()
  const [state, setState] = useState<Verification>({ kind: 'none' })
  const run = (taskId: TaskId | undefined) => {
    setState({ kind: 'running' })
    engine.request('verify.run', { taskId }).then(
      (report) => setState({ kind: 'done', report }),
      (error: unknown) => setState({ kind: 'failed', error }),
    )
  }
  return { state, run, clear: () => setState({ kind: 'none' }) }
}
