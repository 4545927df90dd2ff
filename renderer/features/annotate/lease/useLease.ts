import { useEffect, useState } from 'react'
import { useEngine } from '../../../bridge/EngineContext.tsx'
import type { TaskId } from '../../../../shared/domain/ids.ts'
import type { LeaseAnswer } from '../../../../shared/rpc/coordination.ts'

/** With the orchestrator out of reach, or after a refusal, it is asked again after this time, in milliseconds. */
const ASK_AGAIN_MS = 60_000

/** Takes the lease of the open task, and renews it for as long as the task is shown. Work goes on with or without it. */
export function useLease(taskId: TaskId): LeaseAnswer | undefined {
  const engine = useEngine()
  const [lease, setLease] = useState<{ of: TaskId; answer: LeaseAnswer }>()
  useEffect(() => {
    let ended = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const take = async () => {
      // Without an engine there is nobody to ask; the next one is asked again.
      const answer = await engine.request('tasks.lease', { taskId }).catch((): LeaseAnswer => ({ kind: 'unreachable' }))
      if (ended) return
      setLease({ of: taskId, answer })
      if (answer.kind !== 'notNeeded') timer = setTimeout(() => void take(), answer.kind === 'held' ? answer.renewInMs : ASK_AGAIN_MS)
    }
    void take()
    return () => {
      ended = true
      clearTimeout(timer)
    }
  }, [engine, taskId])
  return lease?.of === taskId ? lease.answer : undefined
}
