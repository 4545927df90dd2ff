import type { ClassId, ProjectId, UserId } from '../../../../shared/domain/ids.ts'
import type { Calibration, DashboardFilter } from '../../../../shared/rpc/dashboard.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** The quarter of an hour, as `slotOf`, of a time that is SQL. SQLite would take longer to find the local day of each time than for all the rest of a figure. */
export const slotSql = (time: string) => `unixepoch(${time}) / 900`

// In memory, and the connection's own: a workspace that is open for looking only has it too.
const TABLE = `CREATE TEMP TABLE IF NOT EXISTS dashboard_results (
  id TEXT PRIMARY KEY, author TEXT NOT NULL, slot INTEGER NOT NULL, shapes_gained INTEGER NOT NULL, edits_elsewhere INTEGER NOT NULL,
  is_newest INTEGER NOT NULL, time_ms REAL, shapes INTEGER
) STRICT, WITHOUT ROWID`

/**
 * What a result brought is its difference from the one before of the same device on the same task, for journals and drafts go on. Edits at this workstation are
 * counted when they are made, those of other devices when their results are known.
 */
const CHOSEN = `INSERT INTO dashboard_results
  WITH every AS (
    SELECT revision_id AS id, task_id, author, device, created_at AS at, shapes, time_on_task_ms AS time_ms, journal_length AS edits, outcome FROM revision_facts
    UNION ALL
    SELECT id, task_id, author, raw ->> '$.device', received_at, NULL, NULL, raw ->> '$.journalLength', NULL FROM known_revisions k
      WHERE NOT EXISTS (SELECT 1 FROM revision_facts f WHERE f.revision_id = k.id)
  ), gained AS (
    SELECT e.*, coalesce(max(0, shapes - coalesce(lag(shapes) OVER line, 0)), 0) AS shapes_gained, max(0, edits - coalesce(lag(edits) OVER line, 0)) AS edits_gained
    FROM every e WHERE (@person IS NULL OR author = @person) AND (@project IS NULL OR task_id IN (SELECT id FROM tasks WHERE project_id = @project))
    WINDOW line AS (PARTITION BY e.task_id, device ORDER BY at, e.id)
  )
  SELECT id, author, ${slotSql('at')}, shapes_gained, CASE WHEN device IN (SELECT device FROM audit_epochs) THEN 0 ELSE edits_gained END,
    lead(id) OVER (PARTITION BY task_id, author ORDER BY at, id) IS NULL, CASE WHEN outcome = 'labelled' THEN time_ms END, shapes
  FROM gained WHERE at >= @from AND at < @to`

/** A filter as SQL binds it: what is not asked for is null, and a period without an end reaches past every ISO time. */
export interface BoundFilter { person: UserId | null; project: ProjectId | null; from: string; to: string }

export function bound({ person, projectId, from, to }: DashboardFilter): BoundFilter {
  return { person: person ?? null, project: projectId ?? null, from: from ?? '', to: to ?? '9999' }
}

/** Makes the results that pass a filter what the functions below count. */
export function chooseResults(db: WorkDatabase, filter: DashboardFilter): void {
  db.exec(TABLE)
  sql(db, 'DELETE FROM dashboard_results').run()
  sql(db, CHOSEN).run(bound(filter))
}

export interface WorkCount<K> { key: K; results: number; shapes: number; edits: number }

const workBy = (key: 'slot' | 'author') => `SELECT ${key} AS key, count(*) AS results, sum(shapes_gained) AS shapes, sum(edits_elsewhere) AS edits FROM dashboard_results GROUP BY 1`

/** What was handed in, by slot. `edits` are those that were made at other devices. */
export function workBySlot(db: WorkDatabase): WorkCount<number>[] {
  return sql<WorkCount<number>>(db, workBy('slot')).all()
}

export function workByAuthor(db: WorkDatabase): WorkCount<UserId>[] {
  return sql<WorkCount<UserId>>(db, workBy('author')).all()
}

export interface TaskTime { slot: number; author: UserId; ms: number; shapes: number }

/** The time that each newest result took, in milliseconds, where anybody worked on it. */
export function taskTimes(db: WorkDatabase): TaskTime[] {
  return sql<TaskTime>(db, 'SELECT slot, author, time_ms AS ms, shapes FROM dashboard_results WHERE is_newest AND time_ms > 0').all()
}

export function shapesByClass(db: WorkDatabase): { id: ClassId; shapes: number }[] {
  // The table of classes is read in its own order, and the chosen results are looked up: they are in memory.
  return sql<{ id: ClassId; shapes: number }>(db, `SELECT c.class_id AS id, sum(c.shapes) AS shapes FROM revision_classes c CROSS JOIN dashboard_results d
    WHERE d.id = c.revision_id AND d.is_newest GROUP BY 1 ORDER BY 2 DESC, 1`).all()
}

export function fatesByConfidence(db: WorkDatabase): Calibration[] {
  return sql<Calibration>(db, `SELECT p.tenth, sum(p.accepted) AS accepted, sum(p.edited) AS edited, sum(p.rejected) AS rejected
    FROM dashboard_results d CROSS JOIN revision_predictions p ON p.revision_id = d.id WHERE d.is_newest GROUP BY 1 ORDER BY 1`).all()
}

/** Everybody of whom there is a result. */
export function everybody(db: WorkDatabase): UserId[] {
  return sql<{ author: UserId }>(db, 'SELECT author FROM revision_facts UNION SELECT author FROM known_revisions ORDER BY 1').all().map(({ author }) => author)
}
