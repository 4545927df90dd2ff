import { assertNever } from '../../../shared/domain/assertNever.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import type { Instant, SchemaHash, TaskId } from '../../../shared/domain/ids.ts'
import { LabelSchemaSchema } from '../../../shared/domain/labelSchema.ts'
import type { Project } from '../../../shared/domain/project.ts'
import type { TaskProblem } from '../../../shared/domain/task.ts'
import { sha256 } from '../audit/hashing.ts'
import { dropUnusedAsset, putAsset } from '../db/repositories/assets.ts'
import { labelSchemaProblem, putLabelSchema, tasksPinnedTo } from '../db/repositories/labelSchemas.ts'
import { dropComment, putComment } from '../db/repositories/comments.ts'
import { dropGold, putGold, putGoldScore } from '../db/repositories/gold.ts'
import { dropKnownRevision, putKnownRevision } from '../db/repositories/knownRevisions.ts'
import { dropPrediction, putPrediction } from '../db/repositories/predictions.ts'
import { putNotice } from '../db/repositories/notices.ts'
import { dropUnusedProject, listProjects, putProject } from '../db/repositories/projects.ts'
import { dropReview, putReview } from '../db/repositories/reviews.ts'
import { indexTask, indexTasksOfAsset } from '../db/repositories/taskIndex.ts'
import { findTask, putTask, setStanding, setTaskState } from '../db/repositories/tasks.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import type { PullWrite } from './reconcile.ts'

interface Written { news: boolean; taskIds: TaskId[] }

/** Carries out one write of a pull; says whether it was news and which tasks look different now. */
export function writePull(db: WorkDatabase, write: PullWrite, at: Instant): Written {
  switch (write.do) {
    case 'putTask':
      putTask(db, write.task, { seq: write.seq, standing: write.standing, problem: labelSchemaProblem(db, write.task.schemaHash), at })
      indexTask(db, write.task.id)
      if (write.isOwn) dropGold(db, write.task.id)
      return { news: true, taskIds: [write.task.id] }
    case 'releaseTask':
      setTaskState(db, write.id, 'released', findTask(db, write.id)?.headRevision ?? null, write.seq)
      setStanding(db, write.id, write.standing, at)
      return { news: true, taskIds: [write.id] }
    case 'putLabelSchema':
      putLabelSchema(db, write.change.hash, write.change.record, problemOf(write.change.hash, write.change.record))
      return { news: true, taskIds: tasksPinnedTo(db, write.change.hash) }
    case 'putAsset':
      putAsset(db, write.change.record, write.change.seq)
      return { news: true, taskIds: indexTasksOfAsset(db, write.change.record.id) }
    case 'putPrediction': return { news: putPrediction(db, write.change.record, write.change.seq), taskIds: [write.change.record.taskId] }
    case 'putReview': return { news: putReview(db, write.change.record, write.change.seq), taskIds: [write.change.record.taskId] }
    case 'putComment': return { news: putComment(db, write.change.record, write.change.seq), taskIds: [write.change.record.taskId] }
    case 'putKnownRevision': return { news: putKnownRevision(db, write.change.record, write.change.seq), taskIds: [write.change.record.taskId] }
    case 'putGold': return { news: putGold(db, write.change.record, write.change.seq), taskIds: [write.change.record.taskId] }
    case 'putGoldScore': return { news: putGoldScore(db, write.change.record, write.change.seq), taskIds: [write.change.record.taskId] }
    case 'dropComment': return gone(dropComment(db, write.id))
    case 'dropKnownRevision': return gone(dropKnownRevision(db, write.id))
    case 'dropPrediction': return gone(dropPrediction(db, write.id))
    case 'dropReview': return gone(dropReview(db, write.id))
    case 'putProject': noteNewSchema(db, write.change.record, at); putProject(db, write.change.record, write.change.seq); return gone(undefined)
    case 'dropProject': dropUnusedProject(db, write.id); return gone(undefined)
    case 'dropAsset': dropUnusedAsset(db, write.id); return gone(undefined)
    default: return assertNever(write, 'write')
  }
}

/** A project that uses another version of its label schema: tasks that were begun stay with theirs. */
function noteNewSchema(db: WorkDatabase, { id, name, schemaHash }: Project, at: Instant): void {
  const before = listProjects(db).find((project) => project.id === id)
  if (before === undefined || before.schemaHash === schemaHash) return
  putNotice(db, { code: 'schemaChanged', details: { project: name, before: before.schemaHash.slice(0, 8), after: schemaHash.slice(0, 8) } }, at)
}

function gone(taskId: TaskId | undefined): Written {
  return { news: taskId !== undefined, taskIds: taskId === undefined ? [] : [taskId] }
}

/** What keeps a label schema from being worked with: a format newer than this program, or content that is not what its name says. */
function problemOf(hash: SchemaHash, record: unknown): TaskProblem | undefined {
  if (sha256(canonicalJson(record)) !== hash) return { code: 'schemaUnknown', detail: 'The label schema does not hash to its name' }
  const parsed = LabelSchemaSchema.safeParse(record)
  if (parsed.success) return undefined
  return { code: 'schemaUnknown', detail: formatOf(record) ?? parsed.error.issues[0]?.message ?? 'unreadable' }
}

function formatOf(record: unknown): string | undefined {
  return typeof record === 'object' && record !== null && 'format' in record ? String(record.format) : undefined
}
