import { useEffect } from 'react'
import { useEngineData, type EngineData } from '../../../bridge/useEngineData.ts'
import type { OfflinePlan } from '../../../../shared/rpc/offlinePlan.ts'

/** While images arrive the plan is asked for this often, in milliseconds: it looks at every task. */
const FOLLOW_MS = 3_000

/** The plan for so many days, kept up to date while images arrive. */
export function usePlan(days: number, isFetching: boolean): EngineData<OfflinePlan> {
  const plan = useEngineData('prefetch.plan', { days })
  const { reload } = plan
  useEffect(() => {
    reload()
    if (!isFetching) return
    const timer = setInterval(reload, FOLLOW_MS)
    return () => clearInterval(timer)
  }, [isFetching, reload])
  return plan
}
