import type { UserId } from '../../../shared/domain/ids.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { readMeta, writeMeta } from '../db/repositories/meta.ts'
import { sql } from '../db/sqlite.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { inTransaction } from '../db/transaction.ts'

/** Whether work here is not with the orchestrator yet: a waiting or refused submission, or edits after the last one. */
function hasUnsentWork(db: WorkDatabase): boolean {
  return sql(db, 'SELECT 1 WHERE EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM tasks WHERE journal_seq > frozen_seq)').get() !== undefined
}

/** Makes the workspace a person's. @throws RpcError notAllowed when another person's work here is not sent yet: it would go out under the wrong name. */
export function signIn(db: WorkDatabase, user: { id: UserId; name: string }): void {
  const before = readMeta(db, 'user')
  if (before?.id === user.id && before.name === user.name) return
  if (before !== undefined && before.id !== user.id && hasUnsentWork(db)) {
    throw new RpcError('notAllowed', `The work of ${before.name} has to be sent or exported before ${user.name} can sign in`)
  }
  inTransaction(db, () => { writeMeta(db, 'user', user) })
}
