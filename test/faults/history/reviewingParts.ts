import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { journalObjectKey, JOURNAL_MEDIA_TYPE } from '../../../shared/api/messages.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import type { ReviewRow } from '../../../shared/rpc/reviewing.ts'
import { aDevice } from '../../builders/auditChain.ts'
import { adding, aShape } from '../../builders/records.ts'
import { createClient } from '../../contract/orchestrator/client.ts'
import { register, submitWork, workOn } from '../../contract/orchestrator/lab.ts'
import { isSynced, LONGEST_MS, meetOnce, refusal, until, type Part, type Scene } from './part.ts'

const bertSubmits = (scene: Scene) => submitsAs('bert', scene)

/** Somebody hands in a task of their own, with the history behind it; as one of several on the same image, if there is a group. */
async function submitsAs(userId: string, { world: { server }, life }: Scene, replicaGroup?: string): Promise<void> {
  const token = await server.createUser({ id: userId, name: userId, roles: ['annotator'] })
  await server.addMember('project-1', userId)
  const person = await register({ userId, token, client: createClient(server.url, token) })
  const taskId = `${userId}-${life}-${aDevice().deviceId}`
  await server.addTask({ id: taskId, projectId: 'project-1', assetId: 'asset-1', assignee: userId, ...(replicaGroup !== undefined && { replicaGroup }) })
  const task = await server.getTask(taskId)
  const asset = await server.getAsset('asset-1')
  if (task === undefined || asset === undefined) throw new Error('The task is not there')
  const shape = aShape({ id: `${userId}s`, createdBy: userId, geometry: { kind: 'rectangle', x: 5, y: 5, width: 20, height: 20 } })
  const journal = Buffer.from(`${canonicalJson({ kind: 'edit', seq: 1, name: 'addShape', diff: adding(shape), at: '2026-01-01T00:00:00.000Z' })}\n`)
  const sha256 = createHash('sha256').update(journal).digest('hex')
  await server.putObject(journalObjectKey(sha256), journal, JOURNAL_MEDIA_TYPE)
  await submitWork(person, workOn({ task, asset }, person, { shapes: [shape], journalLength: 1, journalSha256: sha256 }), life + 1)
}

/** The next result that is here and waits for a decision. @throws StationDied when the engine ends before. */
async function nextResult({ station }: Scene['desk']): Promise<ReviewRow> {
  for (const end = Date.now() + LONGEST_MS; Date.now() < end; await sleep(20)) {
    const { rows } = await station.call('reviews.queue', { query: {} })
    const row = rows.find(({ isHere }) => isHere)
    if (row !== undefined && (await station.call('reviews.story', { taskId: row.taskId })).revisions.every(({ hasJournal }) => hasJournal)) return row
    await station.call('sync.now', {})
  }
  throw new Error('No result came to be reviewed')
}

const opened = { kind: 'opened', anchor: { kind: 'place', x: 10, y: 10 }, text: 'What is this?' } as const

export const reviewing: Part = {
  reviews: true,
  before: bertSubmits,
  async happens({ desk }) {
    const { taskId, revisionId } = await nextResult(desk)
    await desk.station.call('comments.add', { taskId, revisionId, act: opened })
    await desk.station.call('reviews.decide', { taskId, revisionId, decision: 'rejected', reasons: ['wrongClass'] })
    await until(desk, isSynced)
  },
}

export const correcting: Part = {
  reviews: true,
  before: bertSubmits,
  async happens({ desk }) {
    const { taskId, revisionId } = await nextResult(desk)
    const { journalSeq, standing } = await desk.station.call('tasks.open', { taskId })
    // A life that was ended may have begun it.
    if (standing !== 'inProgress') await desk.station.call('reviews.correct', { taskId, revisionId })
    const afterSeq = standing === 'inProgress' ? journalSeq : (await desk.station.call('tasks.open', { taskId })).journalSeq
    const shape = aShape({ id: `mended-${afterSeq}`, geometry: { kind: 'rectangle', x: 30, y: 5, width: 20, height: 20 } })
    await desk.station.call('tasks.commit', { taskId, afterSeq, lines: [{ kind: 'edit', name: 'addShape', diff: adding(shape) }], timeOnTaskMs: 1_000 })
    await desk.station.call('reviews.acceptCorrection', { taskId, corrects: revisionId, timeOnTaskMs: 1_000 })
    await until(desk, isSynced)
  },
}

/** What two people say together becomes a draft. */
export const agreeing: Part = {
  reviews: true,
  async before(scene) {
    for (const userId of ['bert', 'carl']) await submitsAs(userId, scene, `both-${scene.life}`)
  },
  async happens({ desk, life }) {
    for (const end = Date.now() + LONGEST_MS; Date.now() < end; await sleep(20)) {
      const { rows } = await desk.station.call('reviews.queue', { query: {} })
      const here = rows.filter(({ taskId, isHere }) => isHere && taskId.includes(`-${life}-`))
      const [first] = here
      if (first !== undefined && here.length === 2) {
        await desk.station.call('quality.propose', { taskId: first.taskId })
        return
      }
      await desk.station.call('sync.now', {})
    }
    throw new Error('The two results did not come')
  },
}

async function offerRefusedAgain({ station }: Scene['desk']): Promise<void> {
  for (const { state, id } of await station.call('sync.statements', {})) if (state === 'dead') await station.call('sync.retryStatement', { id })
}

/** The answer to a comment is lost; another one is refused, and offered again. */
export const unlucky: Part = {
  reviews: true,
  before: bertSubmits,
  async happens({ desk }) {
    const { taskId } = await nextResult(desk)
    await offerRefusedAgain(desk)
    await until(desk, isSynced)
    meetOnce(desk, '/v1/statements', { kind: 'dropAfter' })
    await desk.station.call('comments.add', { taskId, act: opened })
    await until(desk, isSynced)
    meetOnce(desk, '/v1/statements', refusal(422, 'invalid'))
    await desk.station.call('comments.add', { taskId, act: opened })
    await until(desk, ({ outbox: { waiting } }) => waiting === 0)
    await offerRefusedAgain(desk)
    await until(desk, isSynced)
  },
}
