import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { TaskIdSchema, type RevisionId, type TaskId } from '../../../shared/domain/ids.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { OwnProcessStation } from '../stations/ownProcess.ts'
import type { PersistencePoint } from '../stations/persistencePoints.ts'
import { StationDied } from '../stations/station.ts'
import { readingOthers, startingOver } from './auditParts.ts'
import { isSynced, LONGEST_MS, meetOnce, refusal, until, type Part, type Scene } from './part.ts'
import { agreeing, correcting, reviewing, unlucky } from './reviewingParts.ts'
import type { Desk } from './world.ts'

const firstSync: Part = { happens: ({ desk }) => until(desk, isSynced) }

const images: Part = {
  happens: ({ desk }) => until(desk, (status) => isSynced(status) && !status.prefetch.running && status.prefetch.done === status.prefetch.total),
}

const work: Part = {
  async happens({ desk, life }) {
    await desk.person.work('task-1')
    await desk.person.skip(`task-${2 + life}`)
    await until(desk, isSynced)
  },
}

const lostAnswer: Part = {
  async happens({ desk }) {
    meetOnce(desk, '/v1/submissions', { kind: 'dropAfter' })
    await desk.person.work('task-1')
    await until(desk, isSynced)
  },
}

const refused: Part = {
  async happens({ desk }) {
    meetOnce(desk, '/v1/submissions', refusal(422, 'invalid'))
    await desk.person.work('task-1')
    await until(desk, ({ outbox: { waiting } }) => waiting === 0)
    for (const { state, submissionId } of await desk.station.call('sync.outbox', {})) if (state === 'dead') await desk.station.call('sync.retry', { submissionId })
    await until(desk, isSynced)
  },
}

const rolledBack: Part = {
  async happens({ world, desk }) {
    await desk.person.work('task-1')
    await until(desk, isSynced)
    await world.server.rollBack(0, 2)
    await desk.station.call('sync.now', {})
    await until(desk, ({ lastSyncAt, phase }) => phase === 'synced' && lastSyncAt !== undefined)
    await desk.person.work('task-2')
    await until(desk, isSynced)
    await desk.station.call('sync.now', {})
    await sleep(300)
    await until(desk, isSynced)
  },
}

const forked: Part = {
  async happens({ desk }) {
    meetOnce(desk, '/v1/audit', refusal(409, 'auditFork'))
    await desk.person.work('task-1')
    await until(desk, isSynced)
  },
}

const choices: Part = {
  async happens({ desk: { station } }) {
    await station.call('settings.set', { diskBudgetBytes: 1_000_000_000 })
    await station.call('notices.dismiss', {})
    await station.call('sync.setWorkOffline', { workOffline: true })
    await station.call('sync.setWorkOffline', { workOffline: false })
  },
}

const otherVersion: Part = {
  async before({ world: { desks: [, other] } }) {
    if (other?.station.isAlive === false) await other.station.start()
  },
  async happens({ world: { desks: [, other] }, desk }) {
    if (other === undefined) throw new Error('There is no other desk')
    await desk.person.work('task-1')
    await until(desk, isSynced)
    await other.person.work('task-1')
    await until(other, isSynced)
    for (const end = Date.now() + LONGEST_MS; Date.now() < end; await sleep(100)) {
      await desk.station.call('sync.now', {})
      const { pair } = await desk.station.call('versions.compare', { taskId: TaskIdSchema.parse('task-1') })
      if (pair !== undefined && await settles(desk, pair.taskId, pair.theirs.revisionId)) return
    }
  },
}

/** Whether the version was still up for a decision. */
async function settles({ station }: Desk, taskId: TaskId, revisionId: RevisionId): Promise<boolean> {
  try {
    await station.call('versions.settle', { taskId, revisionId, take: 'both' })
    return true
  } catch (error) {
    if (error instanceof RpcError) return false
    throw error
  }
}

const exported: Part = {
  async happens({ desk: { station, person } }) {
    await person.work('task-1')
    const directory = join(station.folder, '../exports')
    mkdirSync(directory, { recursive: true })
    await station.call('export.run', { jobId: 'export', format: 'coco', directory, include: 'all' })
    await station.call('export.unsent', { directory })
  },
}

const badImage: Part = {
  async before({ world, life }) {
    const bytes = Buffer.from(`no picture ${life}`)
    await world.server.addAsset({ id: `bad-${life}`, projectId: 'project-1', name: 'bad.jpg', bytes, width: 64, height: 48, mediaType: 'image/jpeg' })
    await world.server.addTask({ id: `bad-${life}`, projectId: 'project-1', assetId: `bad-${life}`, assignee: 'ada' })
  },
  async happens({ desk, life }) {
    const isNoted = async () => (await desk.station.call('tasks.query', { query: {} })).rows.some(({ id, problem }) => id === `bad-${life}` && problem !== undefined)
    for (const end = Date.now() + LONGEST_MS; Date.now() < end && !(await isNoted()); await sleep(20));
    await until(desk, isSynced)
  },
}

const lostImages = {
  before: ({ desk: { station } }: Scene) => { rmSync(join(station.folder, 'objects'), { recursive: true, force: true }) },
  happens: images.happens,
} satisfies Part

/** A thumbnail is made once the image is there, when nothing else arrives. */
const thumbnail: Part = {
  before: lostImages.before,
  async happens(scene) {
    const { station } = scene.desk
    const made = () => (station instanceof OwnProcessStation ? station.passed.filter((point) => point === '#insertThumbnail after').length : 0)
    const before = made()
    await images.happens(scene)
    for (const end = Date.now() + LONGEST_MS; Date.now() < end && made() === before; await sleep(20)) await station.call('sync.status', {})
    // A point is told of right before the engine may be killed there: only one that still answers was not.
    await station.call('sync.status', {})
  },
}

const quit: Part = {
  async happens({ desk }) {
    await desk.station.stop()
    throw new StationDied('It was quit')
  },
}

/** Which part leads an engine past a point, and whether it takes one that has synced before. */
export const LEADS_TO: Record<PersistencePoint, { part: Part; isFirst: boolean }> = {
  writeNewKey: first(firstSync), writeHighWaterMark: first(firstSync), migrate: first(firstSync), openIdentity: first(firstSync), pullAgainAfterUpdate: first(firstSync), connect: first(firstSync),
  signIn: first(firstSync), rememberServerKey: first(firstSync), applyPull: first(firstSync), acceptAuditReceipt: first(firstSync),
  receive: first(images), add: first(images), complete: first(images), noteImagesReady: first(images), remove: first(images),
  openContext: later(work), commitEdits: later(work), submitTask: later(work), skipTask: later(work), acceptReceipts: later(work),
  markBlobStored: later(lostAnswer), scheduleRetry: later(lostAnswer), deadLetter: later(refused), retrySubmission: later(refused),
  startNewServerEpoch: later(rolledBack), noteAuditHeld: later(rolledBack), recordAuditFork: later(forked),
  setWorkOffline: later(choices), set: later(choices), dismiss: later(choices), keepVersion: later(otherVersion), settleVersion: later(otherVersion), publish: later(exported), exportFromWorkspace: later(exported), exportUnsent: later(exported),
  noteImageFailure: later(badImage), noteImagesLost: later(lostImages), '#insertThumbnail': later(thumbnail), keepBackup: later(quit),
  noteJournals: later(work), keepJournal: later(reviewing), keepAgreement: later(reviewing), keepAuditPage: later(readingOthers), restartAuditFeed: later(startingOver), decide: later(reviewing), addComment: later(reviewing), acceptStatementReceipt: later(reviewing),
  beginConsensus: later(agreeing), beginCorrection: later(correcting), acceptCorrection: later(correcting), postponeStatement: later(unlucky), refuseStatement: later(unlucky), retryStatement: later(unlucky),
}

function first(part: Part) {
  return { part, isFirst: true }
}

function later(part: Part) {
  return { part, isFirst: false }
}
