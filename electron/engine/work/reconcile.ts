import type { Change } from '../../../shared/api/records.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { AuditPayload, AuditType } from '../../../shared/domain/auditEvent.ts'
import type { AssetId, CommentId, PredictionId, ProjectId, ReviewId, RevisionId, TaskId, UserId } from '../../../shared/domain/ids.ts'
import type { Task, TaskStanding, TaskState } from '../../../shared/domain/task.ts'
import { isMine, standingOf } from './standing.ts'
import type { StandingFacts } from './standing.ts'

/** What a pull needs to know of a task here. */
export interface LocalTask { seq: number; facts: StandingFacts }

type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>

/** One thing to be written. Only the server's part of a task is ever among them: drafts, journals and the outbox are out of a pull's reach. */
export type PullWrite =
  | { do: 'putProject'; change: ChangeOf<'project'> }
  | { do: 'putLabelSchema'; change: ChangeOf<'labelSchema'> }
  | { do: 'putAsset'; change: ChangeOf<'asset'> }
  | { do: 'putTask'; task: Task; seq: number; standing: TaskStanding; isOwn: boolean }
  | { do: 'releaseTask'; id: TaskId; seq: number; standing: TaskStanding }
  | { do: 'putPrediction'; change: ChangeOf<'prediction'> }
  | { do: 'putReview'; change: ChangeOf<'review'> }
  | { do: 'dropProject'; id: ProjectId }
  | { do: 'dropAsset'; id: AssetId }
  | { do: 'dropPrediction'; id: PredictionId }
  | { do: 'dropReview'; id: ReviewId }
  | { do: 'putComment'; change: ChangeOf<'comment'> }
  | { do: 'dropComment'; id: CommentId }
  | { do: 'putKnownRevision'; change: ChangeOf<'revision'> }
  | { do: 'dropKnownRevision'; id: RevisionId }
  | { do: 'putGold'; change: ChangeOf<'gold'> }
  | { do: 'putGoldScore'; change: ChangeOf<'goldScore'> }

interface PullStep { write: PullWrite; audit?: { type: AuditType; payload: AuditPayload } }

/**
 * What a page of changes means for what is here: pure, from what was gathered. Of several changes to one record the one with the highest sequence
 * counts, and none counts that is not later than what is held. A task that is gone stays, as released: its work can still be sent or exported.
 */
export function reconcile(changes: readonly Change[], local: ReadonlyMap<TaskId, LocalTask>, userId: UserId): PullStep[] {
  return latestOfEach(changes).flatMap((change) => {
    const step = stepFor(change, local, userId)
    return step === undefined ? [] : [step]
  })
}

function stepFor(change: Change, local: ReadonlyMap<TaskId, LocalTask>, userId: UserId): PullStep | undefined {
  switch (change.kind) {
    case 'task': return taskStep(change, local.get(change.record.id), userId)
    case 'taskGone': return goneStep(change, local.get(change.id))
    case 'project': return { write: { do: 'putProject', change } }
    case 'labelSchema': return { write: { do: 'putLabelSchema', change } }
    case 'asset': return { write: { do: 'putAsset', change } }
    case 'prediction': {
      const { id, taskId, model, modelVersion, shapes } = change.record
      return { write: { do: 'putPrediction', change }, audit: { type: 'predictionsReceived', payload: { taskId, details: { predictionId: id, model, modelVersion, shapes: shapes.length } } } }
    }
    case 'review': {
      const { id, taskId, revisionId, reviewer, decision } = change.record
      const write: PullWrite = { do: 'putReview', change }
      return reviewer === userId ? { write } : { write, audit: { type: 'reviewReceived', payload: { taskId, details: { reviewId: id, revisionId, reviewer, decision } } } }
    }
    case 'comment': {
      const { id, threadId, taskId, author, act } = change.record
      const write: PullWrite = { do: 'putComment', change }
      return author === userId ? { write } : { write, audit: { type: 'commentReceived', payload: { taskId, details: { commentId: id, threadId, author, act: act.kind } } } }
    }
    case 'revision': return { write: { do: 'putKnownRevision', change } }
    case 'gold': return { write: { do: 'putGold', change } }
    case 'goldScore': {
      const { taskId, revisionId, author, f1, missed, extra, wrongClass } = change.record
      const write: PullWrite = { do: 'putGoldScore', change }
      return author === userId ? { write, audit: { type: 'goldScoreReceived', payload: { taskId, details: { revisionId, f1, missed, extra, wrongClass } } } } : { write }
    }
    case 'projectGone': return { write: { do: 'dropProject', id: change.id } }
    case 'assetGone': return { write: { do: 'dropAsset', id: change.id } }
    case 'predictionGone': return { write: { do: 'dropPrediction', id: change.id } }
    case 'reviewGone': return { write: { do: 'dropReview', id: change.id } }
    case 'commentGone': return { write: { do: 'dropComment', id: change.id } }
    case 'revisionGone': return { write: { do: 'dropKnownRevision', id: change.id } }
    default: return assertNever(change, 'change')
  }
}

function taskStep({ record, seq }: ChangeOf<'task'>, here: LocalTask | undefined, userId: UserId): PullStep | undefined {
  if (here !== undefined && seq <= here.seq) return undefined
  const mine = isMine(record.assignee, userId)
  const facts: StandingFacts = here?.facts ?? { state: record.state, mine, worked: false, edited: false, waiting: false, latest: undefined }
  const write: PullWrite = { do: 'putTask', task: record, seq, standing: standingOf({ ...facts, state: record.state, mine }), isOwn: record.assignee === userId }
  if (here === undefined) {
    const { projectId, assetId, schemaHash, state } = record
    // One that is only looked at was assigned to nobody here.
    return mine ? { write, audit: { type: 'taskAssigned', payload: { taskId: record.id, details: { projectId, assetId, schemaHash, state } } } } : { write }
  }
  return !(mine || concernsUs(here.facts)) || here.facts.state === record.state ? { write } : { write, audit: stateChanged(record.id, here.facts, record.state) }
}

function goneStep({ id, seq }: ChangeOf<'taskGone'>, here: LocalTask | undefined): PullStep | undefined {
  if (here === undefined || seq <= here.seq) return undefined
  const write: PullWrite = { do: 'releaseTask', id, seq, standing: standingOf({ ...here.facts, state: 'released' }) }
  return !concernsUs(here.facts) || here.facts.state === 'released' ? { write } : { write, audit: stateChanged(id, here.facts, 'released') }
}

/** One that is only looked at is nobody's work here. */
function concernsUs({ mine, worked, latest }: StandingFacts): boolean {
  return mine || worked || latest !== undefined
}

function stateChanged(taskId: TaskId, { state: from, worked, edited, waiting, latest }: StandingFacts, to: TaskState): NonNullable<PullStep['audit']> {
  const details = { from, to, hasWork: worked || latest !== undefined, unsent: edited || waiting }
  return { type: 'taskStateChanged', payload: { taskId, details } }
}

/** The last change of each record, in server order. */
function latestOfEach(changes: readonly Change[]): Change[] {
  const latest = new Map<string, Change>()
  for (const change of [...changes].sort((a, b) => a.seq - b.seq)) latest.set(recordOf(change), change)
  return [...latest.values()].sort((a, b) => a.seq - b.seq)
}

function recordOf(change: Change): string {
  switch (change.kind) {
    case 'labelSchema': return `labelSchema/${change.hash}`
    case 'project':
    case 'asset':
    case 'task':
    case 'prediction':
    case 'revision':
    case 'comment':
    case 'review': return `${change.kind}/${change.record.id}`
    case 'gold': return `gold/${change.record.taskId}`
    case 'goldScore': return `goldScore/${change.record.revisionId}`
    case 'projectGone': return `project/${change.id}`
    case 'assetGone': return `asset/${change.id}`
    case 'taskGone': return `task/${change.id}`
    case 'predictionGone': return `prediction/${change.id}`
    case 'reviewGone': return `review/${change.id}`
    case 'commentGone': return `comment/${change.id}`
    case 'revisionGone': return `revision/${change.id}`
    default: return assertNever(change, 'change')
  }
}
