import type { RevisionId, TaskId } from '../../../../shared/domain/ids.ts'
import { AgreementFiguresSchema } from '../../../../shared/rpc/quality.ts'
import type { AgreementFigures, ComparedResult } from '../../../../shared/rpc/quality.ts'
import { fromJson } from '../json.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Tasks that are the same work as a task, itself too. */
const SAME_WORK = `SELECT o.id FROM tasks t JOIN tasks o ON o.id = t.id OR (o.replica_group = t.replica_group AND o.project_id = t.project_id AND o.asset_id = t.asset_id) WHERE t.id = ?`
/** Results that are here. What a reviewer made of others' results is no further opinion. */
const HERE = 'FROM known_revisions k JOIN revision_facts f ON f.revision_id = k.id'
const OPINION = `f.outcome = 'labelled' AND NOT EXISTS (SELECT 1 FROM reviews r WHERE r.revision_id = k.id AND r.raw ->> '$.corrects' IS NOT NULL)`

/** The newest result of everybody who labelled a task or one that is the same work, by name. */
export function comparedResults(db: WorkDatabase, taskId: TaskId): ComparedResult[] {
  const rows = sql<ComparedResult>(db, `SELECT k.author AS annotator, k.id AS revisionId, k.task_id AS taskId ${HERE} WHERE k.task_id IN (${SAME_WORK}) AND ${OPINION}
    ORDER BY k.author, k.received_at DESC, k.id`).all(taskId)
  return rows.filter(({ annotator }, place) => annotator !== rows[place - 1]?.annotator)
}

/** Tasks with a result that nobody looked at yet to see how far people agree. */
export function tasksToCompare(db: WorkDatabase, limit: number): TaskId[] {
  return sql<{ taskId: TaskId }>(db, `SELECT DISTINCT k.task_id AS taskId ${HERE} WHERE NOT EXISTS (SELECT 1 FROM agreement_revisions a WHERE a.revision_id = k.id) LIMIT ?`)
    .all(limit).map(({ taskId }) => taskId)
}

export function findAgreement(db: WorkDatabase, key: string): AgreementFigures | undefined {
  const row = sql<{ raw: string }>(db, 'SELECT raw FROM agreements WHERE key = ?').get(key)
  return row && fromJson(AgreementFiguresSchema, row.raw)
}

export function putAgreement(db: WorkDatabase, key: string, figures: AgreementFigures): void {
  sql(db, 'INSERT INTO agreements (key, f1, raw) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(key, figures.overall.at50.f1, JSON.stringify(figures))
}

/** Notes which agreement is that of the compared results, and that the other ones of that work have none; what is no more anybody's is dropped. */
export function noteCompared(db: WorkDatabase, taskId: TaskId, compared: readonly RevisionId[], key: string | undefined): void {
  sql(db, `INSERT INTO agreement_revisions (revision_id, agreement) SELECT k.id, NULL ${HERE} WHERE k.task_id IN (${SAME_WORK}) ON CONFLICT DO UPDATE SET agreement = NULL`).run(taskId)
  for (const id of compared) sql(db, 'UPDATE agreement_revisions SET agreement = ? WHERE revision_id = ?').run(key ?? null, id)
  sql(db, 'DELETE FROM agreements WHERE key <> ? AND NOT EXISTS (SELECT 1 FROM agreement_revisions r WHERE r.agreement = agreements.key)').run(key ?? '')
}
