import { compareVersions, type VersionContent } from '../../../shared/domain/compareVersions.ts'
import { draftContent } from '../../../shared/domain/draftContent.ts'
import type { GoldAnswer } from '../../../shared/domain/gold.ts'
import { goldContent } from '../../../shared/domain/goldContent.ts'
import type { RevisionId, SchemaHash, TaskId } from '../../../shared/domain/ids.ts'
import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import { predictionContent } from '../../../shared/domain/predictionContent.ts'
import type { Prediction } from '../../../shared/domain/prediction.ts'
import { RevisionSchema, type Revision } from '../../../shared/domain/revision.ts'
import type { Comparable, ComparedVersions, Differences, VersionRef } from '../../../shared/rpc/compare.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { fromJson } from '../db/json.ts'
import { getAsset } from '../db/repositories/assets.ts'
import { draftRecords } from '../db/repositories/drafts.ts'
import { goldAnswerOf } from '../db/repositories/gold.ts'
import { getLabelSchema } from '../db/repositories/labelSchemas.ts'
import { predictionsOf } from '../db/repositories/predictions.ts'
import { findRemoteRevision, remoteRevisionsOf } from '../db/repositories/remoteRevisions.ts'
import { findRevision, revisionsOf } from '../db/repositories/revisions.ts'
import type { StoredTask } from '../db/repositories/tasks.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { requireTask } from './requireTask.ts'

/** What of a task can be compared: its revisions, oldest first, those from elsewhere, the draft if there is one, the answer to a gold task for those who have it, and its predictions. @throws RpcError notFound. */
export function comparables(db: WorkDatabase, taskId: TaskId): Comparable[] {
  const task = requireTask(db, taskId)
  const gold = goldAnswerOf(db, taskId)
  return [
    ...revisionsOf(db, taskId).map(({ id, bytes }) => revisionFacts(id, revisionFrom(bytes), true)),
    ...remoteRevisionsOf(db, taskId).map(({ id, revision }) => revisionFacts(id, revision, false)),
    ...(task.journalSeq > 0 ? [draftOf(db, task).version] : []),
    ...(gold === undefined ? [] : [goldFacts(gold)]),
    ...predictionsOf(db, taskId).map(predictionFacts),
  ]
}

/** Two versions and what differs between them. @throws RpcError notFound where one is not here. */
export function compareContents(db: WorkDatabase, taskId: TaskId, from: VersionRef, to: VersionRef): ComparedVersions {
  const task = requireTask(db, taskId)
  const [first, second] = [sideOf(db, task, from), sideOf(db, task, to)]
  const schema = schemaOf(db, [task.schemaHash, first.schemaHash, second.schemaHash])
  return {
    name: getAsset(db, task.assetId)?.name ?? taskId,
    from: { version: first.version, content: first.content }, to: { version: second.version, content: second.content },
    differences: differencesOf(...comparedParts(first, second)), ...(schema && { schema }),
  }
}

/** What differs between two contents, by the ids of their shapes. */
export function differencesOf(first: VersionContent, second: VersionContent): Differences {
  const { removed, added, changed, tagsRemoved, tagsAdded, outcomeDiffers } = compareVersions(first, second)
  return {
    removed: removed.map(({ id }) => id), added: added.map(({ id }) => id), tagsRemoved: [...tagsRemoved], tagsAdded: [...tagsAdded], outcomeDiffers,
    changed: changed.map(({ before, after, aspects, similarity }) => ({ before: before.id, after: after.id, aspects: [...aspects], similarity })),
  }
}

/** A gold answer says nothing of attributes, so they are no difference to it. */
function comparedParts(first: Side, second: Side): [VersionContent, VersionContent] {
  if (first.version.kind !== 'gold' && second.version.kind !== 'gold') return [first.content, second.content]
  const bare = ({ shapes, ...content }: VersionContent): VersionContent => ({ ...content, shapes: shapes.map((shape) => ({ ...shape, attributes: {} })) })
  return [bare(first.content), bare(second.content)]
}

interface Side { version: Comparable; content: VersionContent; schemaHash: SchemaHash }

function sideOf(db: WorkDatabase, task: StoredTask, ref: VersionRef): Side {
  if (ref.kind === 'draft') return { ...draftOf(db, task), schemaHash: task.schemaHash }
  if (ref.kind === 'gold') {
    const answer = goldAnswerOf(db, task.id)
    if (answer === undefined) throw new RpcError('notFound', `There is no gold answer to task ${task.id} here`)
    return { version: goldFacts(answer), content: goldContent(answer), schemaHash: task.schemaHash }
  }
  if (ref.kind === 'prediction') {
    const prediction = predictionsOf(db, task.id).find(({ id }) => id === ref.predictionId)
    if (prediction === undefined) throw new RpcError('notFound', `There is no prediction ${ref.predictionId} for task ${task.id} here`)
    return { version: predictionFacts(prediction), content: predictionContent(prediction), schemaHash: task.schemaHash }
  }
  const { revision, here } = requireRevision(db, ref.revisionId)
  if (revision.assetId !== task.assetId) throw new RpcError('notFound', `Revision ${ref.revisionId} is not of the image of task ${task.id}`)
  return { version: revisionFacts(ref.revisionId, revision, here), content: contentOf(revision), schemaHash: revision.schemaHash }
}

function requireRevision(db: WorkDatabase, id: RevisionId): { revision: Revision; here: boolean } {
  const own = findRevision(db, id)
  if (own !== undefined) return { revision: revisionFrom(own.bytes), here: true }
  const remote = findRemoteRevision(db, id)
  if (remote === undefined) throw new RpcError('notFound', `There is no revision ${id} here`)
  return { revision: remote.revision, here: false }
}

function draftOf(db: WorkDatabase, { id, journalSeq, frozenSeq }: StoredTask): Pick<Side, 'version' | 'content'> {
  const content = { ...draftContent(draftRecords(db, id)), outcome: { kind: 'labelled' as const } }
  return { version: { kind: 'draft', edited: journalSeq > frozenSeq, shapes: content.shapes.length }, content }
}

function contentOf({ outcome, shapes, tags, rejections }: Revision): VersionContent {
  return { outcome, shapes, tags, rejections }
}

function revisionFacts(revisionId: RevisionId, { author, createdAt, shapes }: Revision, here: boolean): Comparable {
  return { kind: 'revision', revisionId, author, createdAt, here, shapes: shapes.length }
}

function predictionFacts({ id, model, modelVersion, shapes }: Prediction): Comparable {
  return { kind: 'prediction', predictionId: id, model, modelVersion, shapes: shapes.length }
}

function goldFacts({ shapes }: GoldAnswer): Comparable {
  return { kind: 'gold', shapes: shapes.length }
}

function revisionFrom(bytes: Uint8Array): Revision {
  return fromJson(RevisionSchema, Buffer.from(bytes).toString())
}

/** The first label schema that is here, with the classes and tags that only the others have. */
function schemaOf(db: WorkDatabase, hashes: readonly SchemaHash[]): LabelSchema | undefined {
  const [first, ...others] = [...new Set(hashes)].flatMap((hash) => getLabelSchema(db, hash) ?? [])
  return first && others.reduce((merged, other) => ({
    ...merged,
    classes: [...merged.classes, ...other.classes.filter(({ id }) => merged.classes.every((each) => each.id !== id))],
    imageTags: [...merged.imageTags, ...other.imageTags.filter(({ id }) => merged.imageTags.every((each) => each.id !== id))],
  }), first)
}
