import type { AssetId, Instant, ProjectId, RevisionId, SchemaHash, TaskId, UserId } from '../../../../shared/domain/ids.ts'
import { TaskSchema } from '../../../../shared/domain/task.ts'
import type { Task, TaskProblem, TaskStanding, TaskState } from '../../../../shared/domain/task.ts'
import type { PrefetchState } from '../../../../shared/rpc/taskRows.ts'
import { fromJson } from '../json.ts'
import { ACTIVE_STANDINGS } from './assets.ts'
import { change, sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** A task's own row: what the server said last and how far the work here is. `frozenSeq` is the journal line that the last revision ended with. */
export interface StoredTask {
  arrival: number
  id: TaskId
  projectId: ProjectId
  assetId: AssetId
  schemaHash: SchemaHash
  state: TaskState
  assignee: UserId | null
  headRevision: RevisionId | null
  seq: number
  standing: TaskStanding
  prefetch: PrefetchState
  shapeCount: number
  journalSeq: number
  frozenSeq: number
  timeOnTaskMs: number
}

const SELECT_TASK = `SELECT arrival, id, project_id AS projectId, asset_id AS assetId, schema_hash AS schemaHash, state, assignee, head_revision AS headRevision,
  seq, standing, prefetch, shape_count AS shapeCount, journal_seq AS journalSeq, frozen_seq AS frozenSeq, time_on_task_ms AS timeOnTaskMs FROM tasks WHERE id = ?`

export function findTask(db: WorkDatabase, id: TaskId): StoredTask | undefined {
  return sql<StoredTask>(db, SELECT_TASK).get(id)
}

/** The tasks whose draft went on after its last submission, in the order of their arrival. */
export function editedTasks(db: WorkDatabase): { id: TaskId; name: string; journalSeq: number }[] {
  return sql<{ id: TaskId; name: string; journalSeq: number }>(db, 'SELECT id, name, journal_seq AS journalSeq FROM tasks WHERE journal_seq > frozen_seq ORDER BY arrival').all()
}

/** The tasks that are neither cancelled nor released. */
export function openTaskStates(db: WorkDatabase): { id: TaskId; state: TaskState; headRevision: RevisionId | null }[] {
  return sql<{ id: TaskId; state: TaskState; headRevision: RevisionId | null }>(db,
    `SELECT id, state, head_revision AS headRevision FROM tasks WHERE state NOT IN ('cancelled', 'released') ORDER BY arrival`).all()
}

/** The record as the orchestrator sent it last, with the state as it is believed to be now. */
export function getTaskRecord(db: WorkDatabase, task: StoredTask): Task {
  const row = sql<{ raw: string }>(db, 'SELECT raw FROM task_raw WHERE task_id = ?').get(task.id)
  if (row === undefined) throw new Error(`Task ${task.id} has no record`)
  const record = fromJson(TaskSchema, row.raw)
  return { ...record, state: task.state, ...(task.headRevision === null ? {} : { headRevision: task.headRevision }) }
}

/**
 * Derives anew which of a task's newest revisions on the server the work here does not know or did not grow from. A task that is closed has none that
 * matter, nor has one that was accepted while nothing was done about it here since.
 */
export function refreshForeignHeads(db: WorkDatabase, id: TaskId): void {
  change(db, 1, `UPDATE tasks SET foreign_heads = CASE WHEN state IN ('cancelled', 'released') OR (state = 'accepted' AND journal_seq <= frozen_seq) THEN '[]' ELSE (
      SELECT json_group_array(heads.value) FROM json_each(json_insert(other_revisions, '$[#]', head_revision)) heads
      WHERE heads.value IS NOT NULL AND NOT EXISTS (SELECT 1 FROM revisions r WHERE r.id = heads.value)
        AND NOT EXISTS (SELECT 1 FROM remote_revisions v WHERE v.id = heads.value AND v.settled_at IS NOT NULL)
    ) END WHERE id = ?`, id)
}

/** Stores a task's record and everything the queue derives of it; the local work on it stays as it is. */
export function putTask(db: WorkDatabase, task: Task, told: { seq: number; standing: TaskStanding; problem: TaskProblem | undefined; at: Instant }): void {
  sql(db, `INSERT INTO tasks (id, project_id, asset_id, schema_hash, state, assignee, replica_group, head_revision, other_revisions, seq, standing, priority, due_at, name, tags, prefetch, problem, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce((SELECT prefetch FROM assets WHERE id = ?), 'missing'), ?, ?)
    ON CONFLICT (id) DO UPDATE SET project_id = excluded.project_id, asset_id = excluded.asset_id, schema_hash = excluded.schema_hash,
      state = excluded.state, assignee = excluded.assignee, replica_group = excluded.replica_group, head_revision = excluded.head_revision, other_revisions = excluded.other_revisions, seq = excluded.seq, standing = excluded.standing, priority = excluded.priority,
      due_at = excluded.due_at, tags = excluded.tags, prefetch = excluded.prefetch, problem = excluded.problem, updated_at = excluded.updated_at`)
    .run(task.id, task.projectId, task.assetId, task.schemaHash, task.state, task.assignee ?? null, task.replicaGroup ?? null, task.headRevision ?? null, JSON.stringify(task.otherRevisions), told.seq, told.standing, task.priority,
      task.dueAt ?? null, task.assetId, JSON.stringify(task.tags), task.assetId, told.problem === undefined ? null : JSON.stringify(told.problem), told.at)
  sql(db, 'INSERT INTO task_raw (task_id, raw) VALUES (?, ?) ON CONFLICT (task_id) DO UPDATE SET raw = excluded.raw').run(task.id, JSON.stringify(task))
  sql(db, 'DELETE FROM task_tags WHERE arrival = (SELECT arrival FROM tasks WHERE id = ?)').run(task.id)
  for (const [key, value] of Object.entries(task.tags)) {
    sql(db, 'INSERT INTO task_tags (key, value, arrival) SELECT ?, ?, arrival FROM tasks WHERE id = ?').run(key, value, task.id)
  }
  refreshForeignHeads(db, task.id)
}

/** What the server's word, or a receipt, made of a task. */
export function setTaskState(db: WorkDatabase, id: TaskId, state: TaskState, headRevision: RevisionId | null, seq: number): void {
  change(db, 1, 'UPDATE tasks SET state = ?, head_revision = ?, seq = ? WHERE id = ?', state, headRevision, seq, id)
  refreshForeignHeads(db, id)
}

export function setStanding(db: WorkDatabase, id: TaskId, standing: TaskStanding, at: Instant): void {
  change(db, 1, 'UPDATE tasks SET standing = ?, updated_at = ? WHERE id = ?', standing, at, id)
}

/** Notes what an edit left behind. */
export function noteEdits(db: WorkDatabase, task: { arrival: number; journalSeq: number; shapeCount: number; timeOnTaskMs: number; at: Instant }): void {
  change(db, 1, 'UPDATE tasks SET journal_seq = ?, shape_count = ?, time_on_task_ms = ?, updated_at = ? WHERE arrival = ?',
    task.journalSeq, task.shapeCount, task.timeOnTaskMs, task.at, task.arrival)
}

/** Notes that the draft up to its last journal line is frozen in a revision. */
export function noteFrozen(db: WorkDatabase, id: TaskId, journalSeq: number, timeOnTaskMs: number): void {
  change(db, 1, 'UPDATE tasks SET frozen_seq = ?, time_on_task_ms = ? WHERE id = ?', journalSeq, timeOnTaskMs, id)
}

/** Sequences of another server epoch say nothing about the new one. */
export function forgetServerSequences(db: WorkDatabase): void {
  for (const table of ['tasks', 'projects', 'assets', 'predictions', 'reviews', 'comments', 'known_revisions']) sql(db, `UPDATE ${table} SET seq = 0`).run()
}

/** How many tasks a person may still work on, in all and among the given ones. */
export function countActive(db: WorkDatabase, among: readonly TaskId[]): { total: number; among: number } {
  const count = (text: string, ...parameters: unknown[]) => sql<{ count: number }>(db, text).get(...parameters)?.count ?? 0
  return {
    total: count(`SELECT count(*) AS count FROM tasks WHERE standing IN ${ACTIVE_STANDINGS}`),
    among: count(`SELECT count(*) AS count FROM json_each(?) j JOIN tasks t ON t.id = j.value WHERE t.standing IN ${ACTIVE_STANDINGS}`, JSON.stringify(among)),
  }
}

/** What tasks are called, by their ids; those that are not here have no name. */
export function taskNames(db: WorkDatabase, ids: readonly string[]): Map<string, string> {
  const rows = sql<{ id: string; name: string }>(db, 'SELECT t.id, t.name FROM json_each(?) j JOIN tasks t ON t.id = j.value').all(JSON.stringify([...new Set(ids)]))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
