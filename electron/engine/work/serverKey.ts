import type { RegistrationAnswer } from '../../../shared/api/messages.ts'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { ServerKeyId } from '../../../shared/domain/ids.ts'
import { isSignedBy } from '../audit/signedRecord.ts'
import { insertServerKey, serverKey } from '../db/repositories/receipts.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { inTransaction } from '../db/transaction.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'

/** Remembers the key that the server signs with, at the first meeting. @throws RemoteError conflict when a known key id comes with another key. */
export function rememberServerKey({ db, clock }: Pick<WorkContext, 'db' | 'clock'>, { serverKeyId, serverPublicKey }: RegistrationAnswer): void {
  const known = serverKey(db, serverKeyId)
  if (known === serverPublicKey) return
  if (known !== undefined) throw new RemoteError({ kind: 'conflict', status: 200, code: 'serverKeyChanged' }, `The orchestrator's key ${serverKeyId} is not the one it was`)
  inTransaction(db, () => { insertServerKey(db, serverKeyId, serverPublicKey, instantNow(clock)) })
}

/** Whether a record carries the signature of a server that was met here, for its domain. */
export function isFromServer(db: WorkDatabase, domain: string, record: { serverKeyId: ServerKeyId; signature: string }): boolean {
  const key = serverKey(db, record.serverKeyId)
  return key !== undefined && isSignedBy(key, domain, record)
}
