import type { Selectable } from 'kysely'
import { ChangeSchema } from '../../../shared/api/records.ts'
import type { Change } from '../../../shared/api/records.ts'
import type { Tables } from '../db/tables.ts'
import type { Handler } from '../http/endpointTypes.ts'
import { readCursor, writeCursor } from './pullCursor.ts'
import { visibleRecords } from './visibleRecords.ts'

type ChangeRow = Selectable<Tables['changes']>

/**
 * A page of the person's changes. A change brings the record as it is now; one whose record is no longer visible is left out,
 * because a tombstone follows it. The cursor passes what was left out.
 */
export const pull: Handler<'pull'> = async ({ db }, { query, caller }) => {
  const state = await db.selectFrom('serverState').selectAll().executeTakeFirstOrThrow()
  const { epoch, user, seq } = readCursor(query.cursor, { epoch: state.epoch, user: caller.userId, seq: state.changeSeq })
  const rows = await db.selectFrom('changes').selectAll().where('userId', '=', caller.userId).where('seq', '>', seq)
    .orderBy('seq').limit(query.limit + 1).execute()
  const page = rows.slice(0, query.limit)
  const records = await visibleRecords(db, caller, page)
  return {
    epoch,
    cursor: writeCursor({ epoch, user, seq: page.at(-1)?.seq ?? seq }),
    more: rows.length > page.length,
    changes: page.flatMap((row) => changeOf(row, records.get(`${row.kind}/${row.recordId}`)) ?? []),
  }
}

function changeOf({ kind, op, seq, recordId }: ChangeRow, record: unknown): Change | undefined {
  if (op === 'delete') return ChangeSchema.parse({ kind: `${kind}Gone`, op, seq, id: recordId })
  if (record === undefined) return undefined
  return ChangeSchema.parse({ kind, op, seq, record, ...(kind === 'labelSchema' && { hash: recordId }) })
}
