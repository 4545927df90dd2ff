import type { AssetId, ProjectId, RevisionId, SchemaHash, TaskId } from '../../../../shared/domain/ids.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** What decides which result of a task is exported. `edited`: the draft went on after the last revision; `revisionId` and `revisionSchema` are those of the newest submission here. */
export interface ExportRow {
  arrival: number
  taskId: TaskId
  projectId: ProjectId
  assetId: AssetId
  schemaHash: SchemaHash
  headRevision: RevisionId | null
  edited: 0 | 1
  revisionId: RevisionId | null
  revisionSchema: SchemaHash | null
}

/** A run of all tasks in the order of their arrival, from after `after`. */
export function exportRun(db: WorkDatabase, after: number, limit: number): ExportRow[] {
  return sql<ExportRow>(db, `SELECT t.arrival, t.id AS taskId, t.project_id AS projectId, t.asset_id AS assetId, t.schema_hash AS schemaHash,
      t.head_revision AS headRevision, t.journal_seq > t.frozen_seq AS edited, s.revision_id AS revisionId, s.commit_json ->> 'schemaHash' AS revisionSchema
    FROM tasks t LEFT JOIN submissions s ON s.number = (SELECT max(number) FROM submissions WHERE task_id = t.id)
    WHERE t.arrival > ? ORDER BY t.arrival LIMIT ?`).all(after, limit)
}

/** How many tasks there are. */
export function countAllTasks(db: WorkDatabase): number {
  return sql<{ total: number }>(db, 'SELECT count(*) AS total FROM tasks').get()?.total ?? 0
}
