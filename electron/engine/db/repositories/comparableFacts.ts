import type { Instant, PredictionId, RevisionId, TaskId } from '../../../../shared/domain/ids.ts'
import type { Comparable } from '../../../../shared/rpc/compare.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

type Facts<K extends Comparable['kind']> = Extract<Comparable, { kind: K }>

/** A revision is read only where its facts were not noted, as in a workspace of an earlier version that is looked at. */
const fact = (column: string, path: string) => `coalesce(f.${column}, CAST(v.bytes AS TEXT) ->> '$.${path}')`
const FACTS = `v.id AS revisionId, ${fact('author', 'author')} AS author, ${fact('created_at', 'createdAt')} AS createdAt,
  coalesce(f.shapes, json_array_length(CAST(v.bytes AS TEXT), '$.shapes')) AS shapes`
const resultsIn = (table: string) => `SELECT ${FACTS} FROM ${table} v LEFT JOIN revision_facts f ON f.revision_id = v.id WHERE v.task_id = ? ORDER BY v.number`

/** The results of a task that were made here, then those from elsewhere, each in their order. */
export function resultFacts(db: WorkDatabase, taskId: TaskId): Facts<'revision'>[] {
  const of = (table: 'revisions' | 'remote_revisions') => sql<{ revisionId: RevisionId; author: string; createdAt: Instant; shapes: number }>(db, resultsIn(table)).all(taskId)
    .map((row): Facts<'revision'> => ({ kind: 'revision', here: table === 'revisions', ...row }))
  return [...of('revisions'), ...of('remote_revisions')]
}

/** The answer to a gold task, if it is here. */
export function goldFacts(db: WorkDatabase, taskId: TaskId): Facts<'gold'>[] {
  return sql<{ shapes: number }>(db, `SELECT json_array_length(raw, '$.shapes') AS shapes FROM gold_answers WHERE task_id = ?`).all(taskId).map((row) => ({ kind: 'gold', ...row }))
}

export function predictionFacts(db: WorkDatabase, taskId: TaskId): Facts<'prediction'>[] {
  return sql<{ predictionId: PredictionId; model: string; modelVersion: string; shapes: number }>(db, `SELECT id AS predictionId, raw ->> '$.model' AS model,
    raw ->> '$.modelVersion' AS modelVersion, json_array_length(raw, '$.shapes') AS shapes FROM predictions WHERE task_id = ? ORDER BY id`).all(taskId).map((row) => ({ kind: 'prediction', ...row }))
}
