import { inWrite } from '../db/open.ts'
import { announceTask } from '../db/changes.ts'
import { taskOf } from '../db/records.ts'
import type { Handler } from '../http/endpointTypes.ts'
import { conflict, notFound, ProblemError } from '../http/problems.ts'
import { instantOf } from '../../../shared/domain/ids.ts'

/** How long a lease lasts, in milliseconds. Its end stops new claims and destroys nothing. */
const LEASE_LIFETIME_MS = 4 * 60 * 60_000

/** Takes or renews the lease of a task of one's own that still wants work; one device of a person does not take it from another. */
export const lease: Handler<'lease'> = ({ db, now }, { params, body, caller }) =>
  inWrite(db, async (trx) => {
    const row = await trx.selectFrom('tasks').selectAll().where('id', '=', params.taskId)
      .where('assignee', '=', caller.userId).where('deleted', '=', 0).executeTakeFirst()
    if (!row) throw notFound('task')
    const { state, lease: before } = taskOf(row)
    if (state !== 'assigned' && state !== 'returned') throw conflict(`The task is ${state}`)
    const isElsewhere = before?.device !== undefined && body?.device !== undefined && before.device !== body.device
    if (isElsewhere && Date.parse(before.expiresAt) > now()) throw new ProblemError(409, 'leasedElsewhere', `Another device of yours has it until ${before.expiresAt}`)
    const granted = { holder: caller.userId, ...(body?.device !== undefined && { device: body.device }), expiresAt: instantOf(now() + LEASE_LIFETIME_MS) }
    await trx.updateTable('tasks').set({ lease: JSON.stringify(granted) }).where('id', '=', row.id).execute()
    await announceTask(trx, row)
    return granted
  })
