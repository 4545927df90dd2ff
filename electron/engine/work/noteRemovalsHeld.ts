import { inTransaction } from '../db/transaction.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'

/** Notes that a pull would take many tasks away; once in a run of the engine for the same numbers, because every round finds it anew. */
export function removalsHeldNoter(context: WorkContext): (removals: number, active: number) => void {
  let noted = ''
  return (removals, active) => {
    const found = `${removals}/${active}`
    if (noted === found) return
    inTransaction(context.db, () => { appendAudit(context, 'removalsHeld', { details: { removals, active } }) })
    noted = found
    context.notify('tasks.changed', { taskIds: [] })
  }
}
