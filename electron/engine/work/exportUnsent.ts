import type { SubmissionId, TaskId } from '../../../shared/domain/ids.ts'
import { createFileNames } from '../../../shared/formats/fileNames.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { OutboxRow, StatementRow } from '../../../shared/rpc/syncStatus.ts'
import { isViewOnly } from '../db/open.ts'
import { draftRecords } from '../db/repositories/drafts.ts'
import { readJournal } from '../db/repositories/journal.ts'
import { writeMeta } from '../db/repositories/meta.ts'
import { outboxRows } from '../db/repositories/outbox.ts'
import { findStatement, openStatementRows } from '../db/repositories/statements.ts'
import { findSubmission, submissionBytes } from '../db/repositories/submissions.ts'
import { editedTasks } from '../db/repositories/tasks.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { inTransaction } from '../db/transaction.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'
import { exportInto } from './exportLabelsFolder.ts'

export const UNSENT_FORMAT = 'fieldmark.unsent/1'

/** What is to be exported: one submission of the outbox, or all that is not with the orchestrator, drafts, reviews and comments with it. */
interface UnsentRequest { directory: string; submissionId?: SubmissionId | undefined }

/**
 * Writes work that the orchestrator does not hold into a folder, a JSON file for each submission (commit, revision and, if it was refused, the reason) and
 * for each draft with edits after its last submission (records and journal), for each review and comment that has no receipt. The canonical JSON (RFC 8785) of `revision` has the SHA-256 that `commit` names.
 * @throws RpcError notFound when the submission is not in the outbox, and as `exportInto`.
 */
export async function exportUnsent(context: WorkContext, { directory, submissionId }: UnsentRequest): Promise<{ files: number }> {
  const { db } = context
  const rows = outboxRows(db).filter((row) => submissionId === undefined || row.submissionId === submissionId)
  if (submissionId !== undefined && rows.length === 0) throw new RpcError('notFound', `Submission ${submissionId} is not in the outbox`)
  const drafts = submissionId === undefined ? editedTasks(db) : []
  const statements = submissionId === undefined ? openStatementRows(db) : []
  const nameOf = createFileNames()
  const files = await exportInto(directory, async (folder) => {
    const write = (name: string, content: object) => folder.write(`${nameOf({ name, mediaType: '' }).stem}.json`, `${JSON.stringify({ format: UNSENT_FORMAT, ...content }, null, 2)}\n`)
    for (const row of rows) await write(`${row.name.slice(0, 100)} ${row.submissionId}`, submissionContent(db, row))
    for (const draft of drafts) await write(`${draft.name.slice(0, 100)} ${draft.id} draft`, draftContent(db, draft))
    for (const row of statements) await write(`${row.name.slice(0, 100)} ${row.id} ${row.kind}`, statementContent(db, row))
  })
  if (!isViewOnly(db)) inTransaction(db, () => {
    const submissions = rows.map((row) => row.submissionId)
    if (submissionId === undefined) writeMeta(db, 'exportedUnsent', { submissions, statements: statements.map(({ id }) => id), drafts: drafts.map(({ id, journalSeq }) => ({ taskId: id, journalSeq })), at: instantNow(context.clock) })
    const taskId = submissionId === undefined ? undefined : rows[0]?.taskId
    appendAudit(context, 'exported', { actor: context.userId, ...(taskId && { taskId }), details: { unsent: true, submissions, drafts: drafts.map(({ id }) => id), statements: statements.map(({ id }) => id) } })
  })
  return { files }
}

function submissionContent(db: WorkDatabase, { submissionId, name, state, error }: OutboxRow): object {
  return {
    kind: 'submission', name, state, ...(error && { reason: error }), commit: findSubmission(db, submissionId)?.commit,
    revision: JSON.parse(Buffer.from(submissionBytes(db, submissionId)).toString()) as unknown,
  }
}

function statementContent(db: WorkDatabase, { id, name, state, error }: StatementRow): object {
  return { kind: 'statement', name, state, ...(error && { reason: error }), statement: findStatement(db, id)?.statement }
}

function draftContent(db: WorkDatabase, { id, name }: { id: TaskId; name: string }): object {
  return { kind: 'draft', name, taskId: id, records: draftRecords(db, id), journal: readJournal(db, id) }
}
