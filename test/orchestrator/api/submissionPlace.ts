import { z } from 'zod'
import type { ImageTags } from '../../../shared/domain/draft.ts'
import type { RevisionId } from '../../../shared/domain/ids.ts'
import { LabelSchemaSchema } from '../../../shared/domain/labelSchema.ts'
import type { Revision } from '../../../shared/domain/revision.ts'
import type { Task } from '../../../shared/domain/task.ts'
import { validateDraft } from '../../../shared/domain/validateDraft.ts'
import type { Size } from '../../../shared/geometry/box.ts'
import { mayReview } from '../../../shared/domain/role.ts'
import { announceTask } from '../db/changes.ts'
import { parseJson, taskOf } from '../db/records.ts'
import type { Trx } from '../db/tables.ts'
import { invalid, notFound } from '../http/problems.ts'
import type { Caller } from '../http/services.ts'
import { visibleTasks } from './visibleRecords.ts'

/** So many results of a task are told of beside the newest; the latest. */
const MOST_BESIDE = 100

/** Where a submission stands in its task. */
export interface Place {
  task: Task
  /** The task was given to somebody else, cancelled or removed meanwhile: the work is kept, and the task does not change. */
  late: boolean
  /** A reviewer must look: late, or it did not grow from the newest revision, so there are two versions. */
  toReview: boolean
}

/** @throws ProblemError 404 when the person neither ever had the task nor reviews it, 422 when the revision does not belong to it. */
export async function placeOf(trx: Trx, revision: Revision, caller: Caller): Promise<Place> {
  const row = await trx.selectFrom('tasks').selectAll().where('id', '=', revision.taskId).executeTakeFirst()
  const reviews = row !== undefined && mayReview(caller.roles) && (await visibleTasks(trx, caller).select('tasks.id').where('tasks.id', '=', row.id).executeTakeFirst()) !== undefined
  const had = await trx.selectFrom('taskAssignments').select('taskId').where('taskId', '=', revision.taskId).where('userId', '=', caller.userId).executeTakeFirst()
  if (!row || (!reviews && !had)) throw notFound('task')
  const task = taskOf(row)
  await assertOf(trx, revision, task)
  const isTheirs = task.assignee === caller.userId || reviews
  const late = row.deleted === 1 || !isTheirs || task.state === 'cancelled' || task.state === 'released'
  const beside = task.headRevision !== undefined && !revision.parents.includes(task.headRevision)
  return { task, late, toReview: late || beside }
}

/** The results of a task that no other one grew from, without the newest; in the order in which they came. */
export async function revisionsBeside(trx: Trx, taskId: string, head: string): Promise<string[]> {
  const held = await trx.selectFrom('submissions').select(['revisionId', 'parents']).where('taskId', '=', taskId).where('late', '=', 0).orderBy('seq').execute()
  const grownFrom = new Set(held.flatMap(({ parents }) => z.array(z.string()).parse(parseJson(parents))))
  return held.map(({ revisionId }) => revisionId).filter((id) => id !== head && !grownFrom.has(id)).slice(-MOST_BESIDE)
}

/** Moves the task on. Late work changes nothing about it. */
export async function applyToTask(trx: Trx, { task, late }: Place, headRevision: RevisionId): Promise<void> {
  if (late) return
  await trx.updateTable('tasks').set({ state: 'submitted', headRevision, otherRevisions: JSON.stringify(await revisionsBeside(trx, task.id, headRevision)), lease: null }).where('id', '=', task.id).execute()
  await announceTask(trx, { id: task.id, projectId: task.projectId, assignee: task.assignee ?? null })
}

async function assertOf(trx: Trx, revision: Revision, task: Task): Promise<void> {
  if (revision.projectId !== task.projectId) throw invalid('The revision is of another project')
  if (revision.assetId !== task.assetId) throw invalid('The revision is of another image')
  const asset = await trx.selectFrom('assets').select(['sha256', 'width', 'height']).where('id', '=', task.assetId).executeTakeFirstOrThrow()
  if (revision.assetSha256 !== asset.sha256) throw invalid('The revision was made on other bytes of the image')
  // A task may be pinned to a newer version meanwhile; work is held against the version that it was done with.
  const schema = await trx.selectFrom('projectSchemas').innerJoin('labelSchemas', 'labelSchemas.hash', 'projectSchemas.schemaHash')
    .where('projectId', '=', task.projectId).where('schemaHash', '=', revision.schemaHash).select('body').executeTakeFirst()
  if (!schema) throw invalid('The project never had this version of the label schema')
  assertValid(revision, parseJson(schema.body), asset)
}

/** What was passed over may be unfinished. */
function assertValid(revision: Revision, labelSchema: unknown, image: Size): void {
  if (revision.outcome.kind === 'skipped') return
  const known = LabelSchemaSchema.safeParse(labelSchema)
  if (!known.success) throw invalid('The orchestrator cannot read this version of the label schema')
  const tags: ImageTags = { type: 'imageTags', id: 'image-tags', tags: revision.tags }
  const violations = validateDraft([...revision.shapes, tags], known.data, image)
  if (violations.length > 0) throw invalid('The labels break rules of the label schema', { violations: violations.slice(0, 100) })
}
