import { openContext } from '../../electron/engine/openContext.ts'
import { applyPull } from '../../electron/engine/work/applyPull.ts'
import { commitEdits } from '../../electron/engine/work/commitEdits.ts'
import type { WorkContext } from '../../electron/engine/work/context.ts'
import { dashboardFigures } from '../../electron/engine/work/dashboard/dashboardFigures.ts'
import { countEdits } from '../../electron/engine/db/repositories/editSlots.ts'
import { putKnownRevision } from '../../electron/engine/db/repositories/knownRevisions.ts'
import { putReview } from '../../electron/engine/db/repositories/reviews.ts'
import { noteRevisionFacts } from '../../electron/engine/db/repositories/revisionFacts.ts'
import { inTransaction } from '../../electron/engine/db/transaction.ts'
import { instantOf, ProjectIdSchema, UserIdSchema } from '../../shared/domain/ids.ts'
import { ReviewSchema } from '../../shared/domain/review.ts'
import { RevisionRecordSchema } from '../../shared/domain/revisionRecord.ts'
import { DashboardFilterSchema } from '../../shared/rpc/dashboard.ts'
import type { RequestOf } from '../../shared/rpc/channels.ts'
import { aPrediction, aShape, aTask, firstChanges, taskId } from '../builders/records.ts'
import { aRevision, frozen } from '../builders/revision.ts'
import { inTurns, timed } from './comparison.ts'
import type { Comparison } from './comparison.ts'
import { polygonEdit } from './editCommit.ts'

const EDITS = 1_000_000
const TASKS = 20_000
const EDITS_OF_TASK = EDITS / TASKS
const PEOPLE = 12
const PROJECTS = 3
const ROUNDS = 12
const START = Date.parse('2026-01-05T08:00:00.000Z')
/** Results are spread over half a year. */
const STEP_MS = (180 * 86_400_000) / TASKS
const CHANGES_IN_PAGE = 2_000

const personOf = (number: number) => UserIdSchema.parse(`person-${number % PEOPLE}`)
const projectOf = (number: number) => ProjectIdSchema.parse(`project-${1 + (number % PROJECTS)}`)

const FILTERS: Record<string, RequestOf<'dashboard.figures'>['filter']> = {
  'everything by day': {},
  'everything by week': { bucket: 'week' },
  'one person': { person: 'person-3' },
  'one project': { projectId: 'project-2' },
  'one month': { from: instantOf(START + 60 * 86_400_000), to: instantOf(START + 90 * 86_400_000) },
  'one person, project and month, by week': { person: 'person-3', projectId: 'project-1', from: instantOf(START + 60 * 86_400_000), to: instantOf(START + 90 * 86_400_000), bucket: 'week' },
}

/** All figures of a workspace with a million edits on 20,000 tasks, by several filters; and what keeping count costs an edit. */
export async function dashboard(folder: string): Promise<Comparison[]> {
  const { context } = openContext(folder)
  const started = performance.now()
  fill(context)
  console.log(`${EDITS.toLocaleString('en')} edits and ${TASKS.toLocaleString('en')} results written in ${((performance.now() - started) / 1000).toFixed(0)} s`)
  const bare = context.db.prepare('SELECT count(*), sum(shapes), sum(time_on_task_ms) FROM revision_facts')
  const comparisons: Comparison[] = []
  for (const [name, filter] of Object.entries(FILTERS)) {
    const asked = DashboardFilterSchema.parse(filter)
    const times = await inTurns(ROUNDS, () => timed(() => dashboardFigures(context.db, asked)), () => timed(() => bare.get()))
    comparisons.push({
      name: `dashboard of ${EDITS.toLocaleString('en')} edits, ${name}`, fieldmark: times.fieldmark, goal: { kind: 'slowestWithin', ms: 1000 },
      floor: { name: 'one pass over the facts of the results', times: times.floor },
    })
  }
  const { total } = dashboardFigures(context.db, DashboardFilterSchema.parse({}))
  if (total.edits !== EDITS || total.results !== TASKS) throw new Error(`Counted ${total.edits} edits and ${total.results} results`)
  comparisons.push(await counting(context))
  context.db.close()
  return comparisons
}

/** A commit, and the counting in it alone, each durable. */
async function counting(context: WorkContext): Promise<Comparison> {
  const id = taskId('task-1')
  const before = context.db.prepare('SELECT journal_seq FROM tasks WHERE id = ?').pluck().get(id) as number
  const { fieldmark, floor } = await inTurns(400,
    (round) => timed(() => commitEdits(context, { taskId: id, afterSeq: before + round, lines: [{ kind: 'edit', name: 'addShape', diff: polygonEdit(round) }], timeOnTaskMs: 1 })),
    () => timed(() => inTransaction(context.db, () => { countEdits(context.db, { at: instantOf(Date.now()), projectId: projectOf(0), person: context.userId, edits: 1 }) })))
  return { name: 'durable edit commit with its count', fieldmark, floor: { name: 'a transaction that writes the count alone', times: floor } }
}

function fill(context: WorkContext): void {
  const changes = firstChanges(TASKS, (number) => ({ projectId: projectOf(number), assignee: personOf(number), state: number % 4 === 0 ? 'accepted' : 'submitted' }))
  for (let start = 0; start < changes.length; start += CHANGES_IN_PAGE) {
    applyPull(context, { epoch: 'one', cursor: `cursor-${start}`, more: true, changes: changes.slice(start, start + CHANGES_IN_PAGE) })
  }
  for (let first = 1; first <= TASKS; first += 500) {
    inTransaction(context.db, () => { for (let number = first; number < first + 500; number++) fillTask(context, number) })
  }
}

/** A task's journal, its result by one of the people, what became of six predictions, and a decision. */
function fillTask({ db, userId }: WorkContext, number: number): void {
  const [id, author, at] = [aTask({ id: `task-${number}` }).id, personOf(number), instantOf(START + number * STEP_MS)]
  const line = db.prepare(`INSERT INTO journal (task_id, seq, kind, name, at, diff) VALUES (?, ?, 'edit', 'addShape', ?, ?)`)
  for (let seq = 1; seq <= EDITS_OF_TASK; seq++) line.run(id, seq, at, DIFFS[seq % DIFFS.length])
  db.prepare('UPDATE tasks SET journal_seq = ? WHERE id = ?').run(EDITS_OF_TASK, id)
  countEdits(db, { at, projectId: projectOf(number), person: number % PEOPLE === 0 ? userId : author, edits: EDITS_OF_TASK })
  const prediction = aPrediction({ id: `prediction-${number}`, taskId: id, shapes: Array.from({ length: 6 }, (_, place) => ({ ...PREDICTED, id: `p-${place}`, confidence: ((number + place * 17) % 100) / 100 })) })
  db.prepare('INSERT INTO predictions (id, task_id, raw, seq) VALUES (?, ?, ?, 1)').run(prediction.id, id, JSON.stringify(prediction))
  const shapes = prediction.shapes.slice(0, 4).map(({ confidence }, place) => aShape({
    id: `s-${place}`, classId: `class-${(number + place) % 20}`,
    provenance: { source: place === 0 ? 'editedPrediction' : 'acceptedPrediction', predictionId: prediction.id, predictedShapeId: `p-${place}`, model: 'm', modelVersion: '1', confidence },
  }))
  const rejections = [{ type: 'rejection', id: 'rejection:p-4', predictionId: prediction.id, predictedShapeId: 'p-4' }]
  const { bytes, revisionId } = frozen(aRevision({
    taskId: id, author, device: DEVICE(number), createdAt: at, timeOnTaskMs: 20_000 + ((number * 7919) % 200_000), journalLength: 0, shapes, rejections,
  }))
  db.prepare('INSERT INTO remote_revisions (id, task_id, bytes) VALUES (?, ?, ?)').run(revisionId, id, bytes)
  noteRevisionFacts(db, revisionId, id, bytes)
  putKnownRevision(db, RevisionRecordSchema.parse({
    id: revisionId, taskId: id, author, device: DEVICE(number), schemaHash: 'c'.repeat(64), parents: [], receivedAt: at, late: false, journalSha256: 'b'.repeat(64), journalLength: 0,
  }), number)
  if (number % 2 === 0) putReview(db, ReviewSchema.parse({
    id: `review-${number}`, taskId: id, revisionId, reviewer: 'reviewer', decision: number % 10 === 0 ? 'rejected' : 'accepted', reasons: number % 10 === 0 ? ['missedObject', 'inaccurateShape'] : [], createdAt: at,
  }), number)
}

const DEVICE = (number: number) => `device-${number % PEOPLE}`
const DIFFS = Array.from({ length: 10 }, (_, round) => JSON.stringify(polygonEdit(round)))
const PREDICTED = { classId: 'person', geometry: { kind: 'rectangle', x: 1, y: 2, width: 3, height: 4 } }
