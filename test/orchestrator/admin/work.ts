import { createHash } from 'node:crypto'
import { AssetSchema } from '../../../shared/domain/asset.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import { SchemaHashSchema } from '../../../shared/domain/ids.ts'
import type { SchemaHash } from '../../../shared/domain/ids.ts'
import { PredictionSchema } from '../../../shared/domain/prediction.ts'
import type { Prediction } from '../../../shared/domain/prediction.ts'
import { announce, audienceOf, reviewersOf } from '../db/changes.ts'
import type { Announcement } from '../db/changes.ts'
import type { Trx } from '../db/tables.ts'
import { instantOf } from '../../../shared/domain/ids.ts'

export interface NewProject {
  id: string
  name: string
  description?: string
  /** Any JSON: a format that workstations do not know is theirs to report. */
  labelSchema: unknown
}

export interface NewTask {
  id: string
  projectId: string
  assetId: string
  priority?: number
  dueAt?: string
  tags?: Readonly<Record<string, string>>
  /** The same for tasks that are the same work, given to several people. */
  replicaGroup?: string
}

/** Stores a version of a label schema under the SHA-256 of its canonical JSON and makes it one of the project's. */
async function saveLabelSchema(trx: Trx, projectId: string, labelSchema: unknown): Promise<SchemaHash> {
  const body = canonicalJson(labelSchema)
  const hash = SchemaHashSchema.parse(createHash('sha256').update(body).digest('hex'))
  await trx.insertInto('labelSchemas').values({ hash, body }).onConflict((conflict) => conflict.column('hash').doNothing()).execute()
  await trx.insertInto('projectSchemas').values({ projectId, schemaHash: hash })
    .onConflict((conflict) => conflict.columns(['projectId', 'schemaHash']).doNothing()).execute()
  return hash
}

export async function saveProject(trx: Trx, { id, name, description = '', labelSchema }: NewProject): Promise<SchemaHash> {
  const schemaHash = await saveLabelSchema(trx, id, labelSchema)
  await trx.insertInto('projects').values({ id, name, description, schemaHash }).execute()
  return schemaHash
}

/** A new version of a project's label schema. Tasks stay pinned to the version that they were made with. */
export async function publishLabelSchema(trx: Trx, projectId: string, labelSchema: unknown): Promise<SchemaHash> {
  const schemaHash = await saveLabelSchema(trx, projectId, labelSchema)
  await trx.updateTable('projects').set({ schemaHash }).where('id', '=', projectId).execute()
  const members = await trx.selectFrom('projectMembers').select('userId').where('projectId', '=', projectId).orderBy('userId').execute()
  await announce(trx, members.map(({ userId }) => userId), [
    { kind: 'labelSchema', op: 'upsert', recordId: schemaHash },
    { kind: 'project', op: 'upsert', recordId: projectId },
  ])
  return schemaHash
}

export async function saveAsset(trx: Trx, asset: Asset): Promise<void> {
  const { tileSource, pixelSize, ...columns } = AssetSchema.parse(asset)
  await trx.insertInto('assets').values({ ...columns, tileSource: JSON.stringify(tileSource), pixelSize: pixelSize ? JSON.stringify(pixelSize) : null }).execute()
}

/** Makes a task that nobody works on yet, pinned to the project's present label schema. Reviewers are told of it. */
export async function saveTask(trx: Trx, { id, projectId, assetId, priority = 0, dueAt, tags = {}, replicaGroup }: NewTask): Promise<void> {
  const { schemaHash } = await trx.selectFrom('projects').select('schemaHash').where('id', '=', projectId).executeTakeFirstOrThrow()
  await trx.insertInto('tasks').values({
    id, projectId, assetId, schemaHash, state: 'released', assignee: null, priority, dueAt: dueAt ?? null, tags: JSON.stringify(tags),
    headRevision: null, otherRevisions: '[]', lease: null, deleted: 0, replicaGroup: replicaGroup ?? null,
  }).execute()
  await announceWork(trx, await reviewersOf(trx, projectId), id)
}

/** Stores a prediction; whoever sees the task is told of it. */
export async function savePrediction(trx: Trx, prediction: Prediction): Promise<void> {
  const { id, taskId, model, modelVersion, shapes } = PredictionSchema.parse(prediction)
  await trx.insertInto('predictions').values({ id, taskId, model, modelVersion, shapes: JSON.stringify(shapes) }).execute()
  const task = await trx.selectFrom('tasks').selectAll().where('id', '=', taskId).executeTakeFirstOrThrow()
  await announce(trx, await audienceOf(trx, task), [{ kind: 'prediction', op: 'upsert', recordId: id }])
}

/** Gives a task to a person, or to another one; the one before is told that it is gone. A lease ends with it. */
export async function assignTask(trx: Trx, taskId: string, userId: string, now: number): Promise<void> {
  const task = await trx.selectFrom('tasks').selectAll().where('id', '=', taskId).where('deleted', '=', 0).executeTakeFirstOrThrow()
  const before = await audienceOf(trx, task)
  await trx.updateTable('tasks').set({ assignee: userId, state: 'assigned', lease: null }).where('id', '=', taskId).execute()
  await trx.insertInto('taskAssignments').values({ taskId, userId, assignedAt: instantOf(now) })
    .onConflict((conflict) => conflict.columns(['taskId', 'userId']).doNothing()).execute()
  const after = await audienceOf(trx, { ...task, assignee: userId })
  await announce(trx, before.filter((person) => !after.includes(person)), [{ kind: 'task', op: 'delete', recordId: taskId }])
  await announceWork(trx, after, taskId)
}

/**
 * Tells people of a task and everything it refers to, what is referred to first. That there might be an answer and scores is announced for every task: whoever may not
 * know is sent nothing, and the numbers that are used up are the same.
 */
export async function announceWork(trx: Trx, userIds: readonly string[], taskId: string): Promise<void> {
  const task = await trx.selectFrom('tasks').selectAll().where('id', '=', taskId).executeTakeFirstOrThrow()
  const predictions = await trx.selectFrom('predictions').select('id').where('taskId', '=', taskId).orderBy('id').execute()
  const reviews = await trx.selectFrom('reviews').select('id').where('taskId', '=', taskId).orderBy('createdAt').orderBy('id').execute()
  const comments = await trx.selectFrom('comments').select('id').where('taskId', '=', taskId).orderBy('createdAt').orderBy('id').execute()
  const revisions = await trx.selectFrom('submissions').select('revisionId').where('taskId', '=', taskId).orderBy('seq').execute()
  const upsert = (kind: Announcement['kind'], recordId: string): Announcement => ({ kind, op: 'upsert', recordId })
  await announce(trx, userIds, [
    upsert('asset', task.assetId),
    upsert('task', taskId),
    upsert('gold', taskId),
    ...predictions.map(({ id }) => upsert('prediction', id)),
    ...revisions.flatMap(({ revisionId }) => [upsert('revision', revisionId), upsert('goldScore', revisionId)]),
    ...reviews.map(({ id }) => upsert('review', id)),
    ...comments.map(({ id }) => upsert('comment', id)),
  ])
}
