import { setImmediate as nextTurn } from 'node:timers/promises'
import { takeVersion } from '../../../shared/domain/adoptVersion.ts'
import { draftContent } from '../../../shared/domain/draftContent.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import { RevisionSchema } from '../../../shared/domain/revision.ts'
import { isEmptyDiff } from '../../../shared/diff/recordsDiff.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { TimelineFacts, TimelineMark, TimelineRef, TimelineState, TimelineStep } from '../../../shared/rpc/timeline.ts'
import { fromJson } from '../db/json.ts'
import { draftRecords } from '../db/repositories/drafts.ts'
import { findRemoteRevision } from '../db/repositories/remoteRevisions.ts'
import { reviewsOf } from '../db/repositories/reviews.ts'
import { revisionsOf } from '../db/repositories/revisions.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { Timeline } from '../timeTravel/timeline.ts'
import { commitEdits } from './commitEdits.ts'
import type { WorkContext } from './context.ts'
import { requireTask } from './requireTask.ts'
import { isMine } from './standing.ts'
import { timelineChoice, timelineSource } from './timelineSources.ts'

/** Journals that stay ready to be asked about. */
const KEPT = 2

type Progress = (done: number, total: number) => void
const unheard: Progress = () => undefined

/** The past of the drafts here: journals that are read once and then answer for any of their states. */
export class TimeTravel {
  readonly #context: WorkContext
  /** By what was asked for, the one asked for last at the end. */
  readonly #kept = new Map<string, Timeline>()

  constructor(context: WorkContext) {
    this.#context = context
  }

  /** Reads a journal as far as it goes now. @throws RpcError notFound, validationFailed for a journal that does not add up; the signal's reason. */
  async open(ref: TimelineRef, signal: AbortSignal, onProgress: Progress): Promise<TimelineFacts> {
    const { db } = this.#context
    const { author, device } = timelineChoice(this.#context, ref)
    this.#kept.delete(keyOf(ref))
    const timeline = await this.#timeline(ref, onProgress, signal)
    return {
      total: timeline.length, author, device, restorable: isRestorable(this.#context, ref.taskId),
      marks: marksOf(db, ref).filter(({ position }) => position <= timeline.length),
    }
  }

  async steps(ref: TimelineRef, offset: number, limit: number): Promise<TimelineStep[]> {
    return (await this.#timeline(ref)).steps.slice(offset, offset + limit)
  }

  /** The state after the line `position`, as what changed since the one after `since`; 0 is the empty draft. @throws RpcError notFound. */
  async state(ref: TimelineRef, position: number, since: number): Promise<TimelineState> {
    const timeline = await this.#timeline(ref)
    if (Math.max(position, since) > timeline.length) throw new RpcError('notFound', `The journal has ${timeline.length} lines`)
    const step = timeline.steps[position - 1]
    return { position, ...timeline.change(since, position), ...timeline.doneBy(position), ...(step && { step }) }
  }

  /**
   * Makes the draft say what it said after the line `position`, by one edit that can be undone.
   * @returns the last line of the journal: the one it was before where the draft says just that. @throws RpcError notFound; notAllowed for a task that is not the person's.
   */
  async restore(ref: TimelineRef, position: number): Promise<{ journalSeq: number }> {
    const timeline = await this.#timeline(ref)
    if (position > timeline.length) throw new RpcError('notFound', `The journal has ${timeline.length} lines`)
    const wanted = draftContent(timeline.recordsAt(position))
    const { id: taskId, journalSeq, timeOnTaskMs } = requireTask(this.#context.db, ref.taskId)
    if (!isRestorable(this.#context, taskId)) throw new RpcError('notAllowed', 'The task is not yours any more')
    const draft = new Map(draftRecords(this.#context.db, taskId).map((record) => [record.id, record]))
    const diff = takeVersion(draft, { ...wanted, outcome: { kind: 'labelled' } })
    if (isEmptyDiff(diff)) return { journalSeq }
    const committed = commitEdits(this.#context, { taskId, afterSeq: journalSeq, lines: [{ kind: 'edit', name: 'restoreState', diff }], timeOnTaskMs })
    // The queue may look the same and an open task does not.
    this.#context.notify('tasks.changed', { taskIds: [taskId] })
    return { journalSeq: committed.journalSeq }
  }

  async #timeline(ref: TimelineRef, onProgress = unheard, signal?: AbortSignal): Promise<Timeline> {
    const key = keyOf(ref)
    const timeline = this.#kept.get(key) ?? await this.#read(ref, onProgress, signal)
    this.#kept.delete(key)
    this.#kept.set(key, timeline)
    for (const oldest of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(oldest)
    return timeline
  }

  async #read(ref: TimelineRef, onProgress: Progress, signal?: AbortSignal): Promise<Timeline> {
    const source = timelineSource(this.#context, ref)
    try {
      return await Timeline.read(source, async (done) => {
        onProgress(done, source.length)
        await nextTurn(undefined, { signal })
      })
    } catch (error) {
      throw error instanceof RangeError ? new RpcError('validationFailed', error.message, { cause: error }) : error
    }
  }
}

const keyOf = ({ taskId, source }: TimelineRef) => `${taskId} ${JSON.stringify(source)}`

/** Whether the draft of a task is the person's to change. */
function isRestorable({ db, userId }: WorkContext, taskId: TaskId): boolean {
  const { state, assignee } = requireTask(db, taskId)
  return state !== 'cancelled' && state !== 'released' && isMine(assignee, userId)
}

/** When the journal's results were handed in and what was decided on them, by the place in it. */
function marksOf(db: WorkDatabase, { taskId, source }: TimelineRef): TimelineMark[] {
  const remote = source.kind === 'revision' ? findRemoteRevision(db, source.revisionId) : undefined
  const revisions = source.kind === 'revision'
    ? remote === undefined ? [] : [{ id: remote.id, revision: remote.revision }]
    : revisionsOf(db, taskId).map(({ id, bytes }) => ({ id, revision: fromJson(RevisionSchema, Buffer.from(bytes).toString()) }))
  const lengths = new Map(revisions.map(({ id, revision }) => [id, revision.journalLength]))
  const handedIn = revisions.map(({ id, revision: { journalLength, createdAt, author, outcome } }): TimelineMark => (
    { kind: outcome.kind === 'skipped' ? 'skipped' : 'submitted', position: journalLength, at: createdAt, by: author, revisionId: id }))
  const decided = reviewsOf(db, taskId).flatMap(({ decision, createdAt, reviewer, revisionId }): TimelineMark[] => {
    const position = lengths.get(revisionId)
    return position === undefined ? [] : [{ kind: decision, position, at: createdAt, by: reviewer, revisionId }]
  })
  return [...handedIn, ...decided].sort((a, b) => (a.at < b.at ? -1 : 1))
}
