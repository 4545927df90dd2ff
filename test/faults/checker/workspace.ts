import { join } from 'node:path'
import { checkChain, checkRecorded } from './auditChain.ts'
import { json, withCopy, type Evidence } from './databases.ts'
import { isSignedStatement, sha256 } from './signed.ts'

/** What a person was told, and what was seen of a workstation from outside. */
export interface Witness {
  folder: string
  /** Submissions that the person was told are saved. */
  saved: { submissionId: string; revisionId: string }[]
  /** Shapes that the person was told are saved. None was taken away again. */
  drawn: { taskId: string; shapeId: string }[]
  /** Hashes that left the workstation under each submission id. */
  sent: ReadonlyMap<string, ReadonlySet<string>>
  /** Cursors that it asked with, in order; undefined from the start. */
  cursors: (string | undefined)[]
}

/** Checks a workspace whose engine does nothing at the moment. @returns the breaches, each with the number of its invariant. */
export function checkWorkspace(witness: Witness, serverKey: string): string[] {
  return withCopy(join(witness.folder, 'work.db'), (db) => [
    ...checkIntegrity(db),
    ...checkSubmissions(db, witness, serverKey),
    ...checkDrafts(db, witness),
    ...checkChain(db, serverKey),
    ...checkRecorded(db),
    ...checkCursors(witness),
  ])
}

/** Invariant 10: what must be so when a window says that everything is synced. */
export function checkSynced(folder: string): string[] {
  return withCopy(join(folder, 'work.db'), (db) => {
    // What was refused and corrected is settled once the correction has its receipt.
    const settled = `SELECT submission_id FROM outbox WHERE state = 'dead' AND replaced_by IN (SELECT submission_id FROM receipts)`
    const [outbox] = db.column(`SELECT count(*) FROM outbox WHERE submission_id NOT IN (${settled})`)
    const [without] = db.column(`SELECT count(*) FROM submissions WHERE submission_id NOT IN (SELECT submission_id FROM receipts) AND submission_id NOT IN (${settled})`)
    const backlog = db.column(`SELECT e.epoch FROM audit_epochs e JOIN audit a USING (epoch) WHERE e.forked_at IS NULL GROUP BY e.epoch
      HAVING max(a.seq) > coalesce((SELECT max(r.size) FROM audit_receipts r WHERE r.epoch = e.epoch), 0)`)
    return outbox === 0 && without === 0 && backlog.length === 0 ? [] : [`10: synced was said with ${String(outbox)} in the outbox, ${String(without)} submissions without receipt and open audit epochs [${backlog.join()}]`]
  })
}

function checkIntegrity(db: Evidence): string[] {
  const [integrity] = db.column('PRAGMA integrity_check')
  const broken = db.all('PRAGMA foreign_key_check')
  return [...(integrity === 'ok' ? [] : [`12: ${String(integrity)}`]), ...(broken.length === 0 ? [] : [`12: ${broken.length} broken references`])]
}

/** Invariants 1, 2 and 3. */
function checkSubmissions(db: Evidence, { saved, sent }: Witness, serverKey: string): string[] {
  const breaches: string[] = []
  const rows = db.all(`SELECT s.submission_id AS id, s.commit_json AS "commit", r.id AS revision, r.bytes, o.state, t.raw AS receipt FROM submissions s
    JOIN revisions r ON r.id = s.revision_id LEFT JOIN outbox o USING (submission_id) LEFT JOIN receipts t USING (submission_id)`)
  for (const { id, commit, revision, bytes, state, receipt } of rows) {
    const hash = sha256(bytes as Uint8Array)
    if (hash !== revision || json(commit)['sha256'] !== hash) breaches.push(`3: submission ${String(id)} does not stand for its bytes`)
    for (const other of sent.get(String(id)) ?? []) if (other !== hash) breaches.push(`3: submission ${String(id)} was sent for other bytes`)
    if ((state === null) === (receipt === null)) breaches.push(`1: submission ${String(id)} is ${state === null ? 'nowhere' : 'in the outbox and has a receipt'}`)
    if (receipt === null) continue
    if (json(receipt)['sha256'] !== hash) breaches.push(`2: submission ${String(id)} left the outbox for a receipt of other bytes`)
    if (!isSignedStatement(serverKey, 'fieldmark.receipt/1', json(receipt))) breaches.push(`2: the receipt for ${String(id)} is not the server's`)
  }
  const known = new Map(rows.map(({ id, revision }) => [id, revision]))
  for (const { submissionId, revisionId } of saved) if (known.get(submissionId) !== revisionId) breaches.push(`1: submission ${submissionId} was told to be saved and is not there`)
  return breaches
}

/** Invariant 4, and that no acknowledged edit is lost: the drawn shapes are there, and the journal leads to the records. */
function checkDrafts(db: Evidence, { drawn }: Witness): string[] {
  const breaches: string[] = []
  for (const { taskId, shapeId } of drawn) {
    const [there] = db.column('SELECT count(*) FROM draft_records WHERE task_id = ? AND record_id = ?', taskId, shapeId)
    if (there !== 1) breaches.push(`4: ${shapeId} of ${taskId} was told to be saved and is not there`)
  }
  for (const { id, journal_seq: length } of db.all('SELECT id, journal_seq FROM tasks')) {
    const lines = db.all('SELECT seq, diff FROM journal WHERE task_id = ? ORDER BY seq', id)
    const records = new Set<string>()
    for (const { diff } of lines) {
      const { added, removed } = json(diff) as { added: object; removed: object }
      for (const record of Object.keys(added)) records.add(record)
      for (const record of Object.keys(removed)) records.delete(record)
    }
    const stored = db.column('SELECT record_id FROM draft_records WHERE task_id = ? ORDER BY record_id', id)
    if (lines.some(({ seq }, place) => seq !== place + 1) || lines.length !== length) breaches.push(`4: the journal of ${String(id)} has gaps`)
    if (stored.join() !== [...records].sort().join()) breaches.push(`4: the journal of ${String(id)} does not lead to its records`)
  }
  return breaches
}

/** Invariant 9, as the orchestrator could see it. */
function checkCursors({ cursors }: Witness): string[] {
  const breaches: string[] = []
  let last: { epoch: string; seq: number } | undefined
  for (const cursor of cursors) {
    const next = cursor === undefined ? undefined : (JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { epoch: string; seq: number })
    if (last && next && last.epoch === next.epoch && next.seq < last.seq) breaches.push(`9: the cursor went back from ${last.seq} to ${next.seq}`)
    last = next
  }
  return breaches
}
