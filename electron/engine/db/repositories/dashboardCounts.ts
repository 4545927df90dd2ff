import type { Instant, UserId } from '../../../../shared/domain/ids.ts'
import type { TaskState } from '../../../../shared/domain/task.ts'
import type { DashboardFilter } from '../../../../shared/rpc/dashboard.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'
import { bound, slotSql } from './dashboardResults.ts'
import { slotOf } from './editSlots.ts'

/** Lines that were written into the journals here, by slot. */
export function editsHere(db: WorkDatabase, { person, projectId, from, to }: DashboardFilter): { slot: number; edits: number }[] {
  return sql<{ slot: number; edits: number }>(db, `SELECT slot, sum(edits) AS edits FROM edit_slots
    WHERE slot >= @from AND slot < @to AND (@person IS NULL OR person = @person) AND (@project IS NULL OR project_id = @project) GROUP BY 1`)
    .all({ person: person ?? null, project: projectId ?? null, from: from === undefined ? 0 : slotOf(from), to: to === undefined ? Number.MAX_SAFE_INTEGER : slotOf(to) })
}

export interface Judged { slot: number; author: UserId; reviewed: number; rejected: number }

/** Decisions in the period by slot and by whose result was judged: of a correction, the one that was corrected. */
export function judgedResults(db: WorkDatabase, filter: DashboardFilter): Judged[] {
  return sql<Judged>(db, `SELECT ${slotSql('at')} AS slot, author, count(*) AS reviewed, sum(decision = 'rejected') AS rejected FROM (${DECISIONS}) GROUP BY 1, 2`).all(bound(filter))
}

export interface Scored { slot: number; author: UserId; scored: number; sum: number }

/** Scores on gold tasks of the period by slot and author; `sum` adds up their F1. */
export function goldScores(db: WorkDatabase, filter: DashboardFilter): Scored[] {
  return sql<Scored>(db, `SELECT ${slotSql('g.at')} AS slot, g.author, count(*) AS scored, sum(g.f1) AS sum FROM gold_scores g JOIN tasks t ON t.id = g.task_id
    WHERE (@project IS NULL OR t.project_id = @project) AND (@person IS NULL OR g.author = @person) AND g.at >= @from AND g.at < @to GROUP BY 1, 2`).all(bound(filter))
}

/** Images that several people labelled, one of them with a result of the period, by tenths of their agreement; `f1` is the mean. */
export function agreementTenths(db: WorkDatabase, filter: DashboardFilter): { tenth: number; images: number; f1: number }[] {
  return sql<{ tenth: number; images: number; f1: number }>(db, `SELECT min(9, CAST(f1 * 10 AS INTEGER)) AS tenth, count(*) AS images, avg(f1) AS f1 FROM agreements WHERE key IN (
      SELECT a.agreement FROM agreement_revisions a JOIN revision_facts f USING (revision_id) JOIN tasks t ON t.id = f.task_id
      WHERE a.agreement IS NOT NULL AND (@project IS NULL OR t.project_id = @project) AND (@person IS NULL OR f.author = @person) AND f.created_at >= @from AND f.created_at < @to
    ) GROUP BY 1 ORDER BY 1`).all(bound(filter))
}

/** How often each reason was given. */
export function rejectionReasons(db: WorkDatabase, filter: DashboardFilter): { reason: string; count: number }[] {
  return sql<{ reason: string; count: number }>(db, `SELECT j.value AS reason, count(*) AS count FROM (${DECISIONS}) d, json_each(d.raw, '$.reasons') j WHERE d.decision = 'rejected' GROUP BY 1`).all(bound(filter))
}

const DECISIONS = `SELECT * FROM (
    SELECT raw, at, decision, coalesce((SELECT author FROM revision_facts WHERE revision_id = judged), (SELECT author FROM known_revisions WHERE id = judged)) AS author FROM (
      SELECT raw, raw ->> '$.createdAt' AS at, raw ->> '$.decision' AS decision, coalesce(raw ->> '$.corrects', revision_id) AS judged FROM reviews
      WHERE @project IS NULL OR task_id IN (SELECT id FROM tasks WHERE project_id = @project))
  ) WHERE author IS NOT NULL AND (@person IS NULL OR author = @person) AND at >= @from AND at < @to`

/** Tasks by what the orchestrator says of them. */
export function tasksByState(db: WorkDatabase, { person, project }: { person: string | null; project: string | null }): { state: TaskState; tasks: number }[] {
  return sql<{ state: TaskState; tasks: number }>(db, `SELECT state, count(*) AS tasks FROM tasks
    WHERE (@person IS NULL OR assignee = @person) AND (@project IS NULL OR project_id = @project) GROUP BY 1 ORDER BY 1`).all({ person, project })
}

export interface OpenWork { waiting: number; refused: number; oldestAt: Instant | null }

/** What was made here and has no receipt: submissions, reviews and comments. One that a later submission took the place of does not count. */
export function openWork(db: WorkDatabase, project: string | null): OpenWork {
  const row = sql<OpenWork>(db, `SELECT coalesce(sum(w.state = 'waiting'), 0) AS waiting, coalesce(sum(w.state = 'dead'), 0) AS refused, min(CASE WHEN w.state = 'waiting' THEN w.created_at END) AS oldestAt FROM (
      SELECT o.state AS state, s.created_at, s.task_id FROM outbox o JOIN submissions s USING (submission_id) WHERE o.replaced_by IS NULL
      UNION ALL SELECT state, created_at, task_id FROM statements WHERE state <> 'acknowledged'
    ) w JOIN tasks t ON t.id = w.task_id WHERE @project IS NULL OR t.project_id = @project`).get({ project })
  return row ?? { waiting: 0, refused: 0, oldestAt: null }
}

/** How long receipts of submissions of the period took, in milliseconds. The times are of two clocks, so that none is taken for less than nothing. */
export function receiptTimes(db: WorkDatabase, filter: DashboardFilter): number[] {
  const { project, from, to } = bound(filter)
  return sql<{ ms: number }>(db, `SELECT max(0, (julianday(r.server_time) - julianday(s.created_at)) * 86400000) AS ms
    FROM receipts r JOIN submissions s USING (submission_id) JOIN tasks t ON t.id = s.task_id
    WHERE s.created_at >= @from AND s.created_at < @to AND (@project IS NULL OR t.project_id = @project)`).all({ project, from, to }).map(({ ms }) => ms)
}
