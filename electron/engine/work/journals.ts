import { RemoteError } from '../../../shared/api/remoteError.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import { JournalEntrySchema } from '../../../shared/domain/draft.ts'
import type { JournalEntry } from '../../../shared/domain/draft.ts'
import type { Sha256, TaskId } from '../../../shared/domain/ids.ts'
import { sha256 } from '../audit/hashing.ts'
import { fromJson } from '../db/json.ts'
import { readJournal } from '../db/repositories/journal.ts'
import { keepReceivedJournal } from '../db/repositories/knownRevisions.ts'
import { inTransaction } from '../db/transaction.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import type { JournalItem } from '../sync/ports.ts'
import type { WorkContext } from './context.ts'

/** One entry as a line of a journal's JSON Lines: what `journalSha256` of a revision is over. */
export const journalLine = (entry: JournalEntry): string => `${canonicalJson(entry)}\n`

/** The lines of a journal that was received, oldest first, unchecked. */
export function linesOf(bytes: Uint8Array): string[] {
  return Buffer.from(bytes).toString().split('\n').filter((line) => line !== '')
}

/** The edit journal behind a submission as JSON Lines, whose SHA-256 the revision names. @throws RemoteError refused when the journal here is another one. */
export function journalBytes(db: WorkDatabase, { taskId, lines, sha256: expected }: Omit<JournalItem, 'submissionId' | 'size'>): Uint8Array {
  const bytes = Buffer.from(readJournal(db, taskId, lines).map(journalLine).join(''))
  if (sha256(bytes) !== expected) throw new RemoteError({ kind: 'refused', status: 0, code: 'journalDiffers' }, `The edit journal of task ${taskId} is not the one that its revision names`)
  return bytes
}

/** Keeps the journal behind somebody else's result. @throws RemoteError corrupt when the bytes are not that journal. */
export function keepJournal(context: WorkContext, taskId: TaskId, expected: Sha256, bytes: Uint8Array): void {
  if (sha256(bytes) !== expected) throw new RemoteError({ kind: 'corrupt' }, `The bytes of journal ${expected} are others`)
  try {
    for (const line of linesOf(bytes)) fromJson(JournalEntrySchema, line)
  } catch (error) {
    throw new RemoteError({ kind: 'corrupt' }, `Journal ${expected} cannot be read`, { cause: error })
  }
  inTransaction(context.db, () => { keepReceivedJournal(context.db, expected, taskId, bytes) })
  context.notify('tasks.changed', { taskIds: [taskId] })
}
