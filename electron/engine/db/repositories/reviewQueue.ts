import type { ClassId, Instant, ProjectId, RevisionId, Sha256, TaskId, UserId } from '../../../../shared/domain/ids.ts'
import type { ReviewDecision } from '../../../../shared/domain/review.ts'
import type { AnnotatorRecord } from '../../../../shared/domain/sampling.ts'
import type { ReviewFacets, ReviewFilter, ReviewRow } from '../../../../shared/rpc/reviewing.ts'
import type { PrefetchState } from '../../../../shared/rpc/taskRows.ts'
import { classNames } from './labelSchemas.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Holds for a revision `k` of task `t` on which somebody decided. */
const DECIDED = 'EXISTS (SELECT 1 FROM reviews r WHERE r.revision_id = k.id)'
/** Holds for one that waits for a decision: a task's newest, or late work, which changed nothing about its task. */
const OPEN = `(NOT ${DECIDED} AND ((k.id = t.head_revision AND t.state = 'submitted') OR k.late = 1))`

export interface ReviewCandidate { revisionId: RevisionId; taskId: TaskId; author: UserId }
interface Clause { text: string; parameters: unknown[] }

/** Nobody decides on their own results. */
function where({ decided, projectId, annotator, classId, minAgeHours, maxConfidence, maxAgreement }: ReviewFilter, userId: UserId, now: Instant): Clause {
  const parts = ['k.author <> ?', { open: OPEN, decided: DECIDED, all: `(${OPEN} OR ${DECIDED})` }[decided]]
  const parameters: unknown[] = [userId]
  const add = (text: string, value: unknown) => { parts.push(text); parameters.push(value) }
  if (projectId !== undefined) add('t.project_id = ?', projectId)
  if (annotator !== undefined) add('k.author = ?', annotator)
  if (classId !== undefined) add('k.id IN (SELECT revision_id FROM revision_classes WHERE class_id = ?)', classId)
  if (minAgeHours !== undefined) add('k.received_at <= ?', new Date(Date.parse(now) - minAgeHours * 3_600_000).toISOString())
  if (maxConfidence !== undefined) add('k.id IN (SELECT revision_id FROM revision_facts WHERE min_confidence <= ?)', maxConfidence)
  if (maxAgreement !== undefined) add('k.id IN (SELECT r.revision_id FROM agreements a JOIN agreement_revisions r ON r.agreement = a.key WHERE a.f1 <= ?)', maxAgreement)
  return { text: parts.join(' AND '), parameters }
}

/** The results that pass a filter, oldest first, as far as a sampling rule needs to know them. */
export function reviewCandidates(db: WorkDatabase, filter: ReviewFilter, userId: UserId, now: Instant): ReviewCandidate[] {
  const { text, parameters } = where(filter, userId, now)
  return sql<ReviewCandidate>(db, `SELECT k.id AS revisionId, k.task_id AS taskId, k.author FROM known_revisions k JOIN tasks t ON t.id = k.task_id
    WHERE ${text} ORDER BY k.received_at, k.id`).all(...parameters)
}

interface Row {
  taskId: TaskId; revisionId: RevisionId; name: string; imageSha256: Sha256 | null; projectId: ProjectId; author: UserId; receivedAt: Instant; late: number; prefetch: PrefetchState
  shapes: number | null; minConfidence: number | null; decision: ReviewDecision | null; openThreads: number; agreement: number | null
}

/** What the queue shows of a result. @throws Error when it is not known. */
export function reviewRow(db: WorkDatabase, revisionId: RevisionId): ReviewRow {
  const row = sql<Row>(db, `SELECT k.task_id AS taskId, k.id AS revisionId, t.name, a.sha256 AS imageSha256, t.project_id AS projectId, k.author, k.received_at AS receivedAt, k.late, t.prefetch,
      f.shapes, f.min_confidence AS minConfidence,
      (SELECT a.f1 FROM agreement_revisions g JOIN agreements a ON a.key = g.agreement WHERE g.revision_id = k.id) AS agreement,
      (SELECT r.raw ->> '$.decision' FROM reviews r WHERE r.revision_id = k.id ORDER BY r.raw ->> '$.createdAt' DESC LIMIT 1) AS decision,
      (SELECT count(*) FROM comments c WHERE c.task_id = k.task_id AND c.raw ->> '$.act.kind' = 'opened' AND coalesce((
        SELECT d.raw ->> '$.act.kind' FROM comments d WHERE d.task_id = c.task_id AND d.raw ->> '$.threadId' = c.id AND d.raw ->> '$.act.kind' IN ('resolved', 'reopened')
        ORDER BY d.raw ->> '$.createdAt' DESC, d.id DESC LIMIT 1), 'reopened') = 'reopened') AS openThreads
    FROM known_revisions k JOIN tasks t ON t.id = k.task_id LEFT JOIN assets a ON a.id = t.asset_id LEFT JOIN revision_facts f ON f.revision_id = k.id WHERE k.id = ?`).get(revisionId)
  if (row === undefined) throw new Error(`No result ${revisionId}`)
  const { imageSha256, late, shapes, minConfidence, decision, agreement, ...rest } = row
  return {
    ...rest, late: late === 1, isHere: shapes !== null,
    ...(imageSha256 !== null && { imageSha256 }), ...(shapes !== null && { shapes }), ...(minConfidence !== null && { minConfidence }), ...(decision !== null && { decision }),
    ...(agreement !== null && { agreement }),
  }
}

/** How everybody's results were judged, of which anything is known here. */
export function annotatorRecords(db: WorkDatabase): Map<UserId, AnnotatorRecord> {
  const rows = sql<AnnotatorRecord & { author: UserId }>(db, `SELECT k.author, count(*) AS reviewed, sum(r.raw ->> '$.decision' = 'rejected') AS rejected
    FROM reviews r JOIN known_revisions k ON k.id = coalesce(r.raw ->> '$.corrects', r.revision_id) GROUP BY k.author`).all()
  return new Map(rows.map(({ author, ...record }) => [author, record]))
}

/** What the review queue can be narrowed by, with counts of what waits. */
export function reviewFacets(db: WorkDatabase, userId: UserId, now: Instant): ReviewFacets {
  const { text, parameters } = where({ decided: 'open' }, userId, now)
  const waiting = sql<{ author: UserId; count: number }>(db, `SELECT k.author, count(*) AS count FROM known_revisions k JOIN tasks t ON t.id = k.task_id WHERE ${text} GROUP BY k.author`).all(...parameters)
  const counts = new Map(waiting.map(({ author, count }) => [author, count]))
  const records = annotatorRecords(db)
  const people = [...new Set([...counts.keys(), ...records.keys()])].filter((id) => id !== userId).sort()
  const classes = sql<{ id: ClassId; results: number }>(db, `SELECT c.class_id AS id, count(*) AS results FROM revision_classes c JOIN known_revisions k ON k.id = c.revision_id
    JOIN tasks t ON t.id = k.task_id WHERE ${text} GROUP BY c.class_id ORDER BY c.class_id`).all(...parameters)
  const names = classNames(db)
  return {
    total: waiting.reduce((sum, { count }) => sum + count, 0),
    annotators: people.map((id) => ({ id, waiting: counts.get(id) ?? 0, reviewed: records.get(id)?.reviewed ?? 0, rejected: records.get(id)?.rejected ?? 0 })),
    classes: classes.map(({ id, results }) => ({ id, results, name: names.get(id) ?? id })),
  }
}
