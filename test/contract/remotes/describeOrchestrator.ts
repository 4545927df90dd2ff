import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isSignedBy } from '../../../electron/engine/audit/signedRecord.ts'
import { RemoteError, type ObjectStore, type Orchestrator } from '../../../electron/engine/sync/ports.ts'
import { SUBMISSION_MEDIA_TYPE, type SubmissionCommit } from '../../../shared/api/messages.ts'
import type { Change, PullPage } from '../../../shared/api/records.ts'
import { AssetIdSchema } from '../../../shared/domain/ids.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { AUDIT_RECEIPT_DOMAIN, RECEIPT_DOMAIN } from '../../../shared/domain/receipt.ts'
import type { Task } from '../../../shared/domain/task.ts'
import { aDevice, anAuditChain } from '../../builders/auditChain.ts'
import { aRevision, commitOf, frozen, type FrozenRevision } from '../../builders/revision.ts'

/** An orchestrator that has handed out at least three tasks to the person who calls, none of them worked on. */
export interface OrchestratorSubject {
  orchestrator: Orchestrator
  /** Where it looks for the bytes of submissions. */
  objects: ObjectStore
  close(): Promise<void>
}

interface Work { tasks: Task[]; assets: Map<string, Asset>; changes: Change[]; page: PullPage }

const running = () => AbortSignal.timeout(15_000)

async function failureOf(work: Promise<unknown>): Promise<RemoteError['failure']> {
  const error: unknown = await work.then(() => undefined, (reason: unknown) => reason)
  if (!(error instanceof RemoteError)) throw new Error(`Expected a RemoteError, not ${String(error)}`, { cause: error })
  return error.failure
}

async function pullAll(orchestrator: Orchestrator, from?: string): Promise<Work> {
  const changes: Change[] = []
  for (let cursor = from; ;) {
    const page = await orchestrator.pull(cursor, running())
    changes.push(...page.changes)
    cursor = page.cursor
    if (page.more) continue
    const tasks = changes.flatMap((change) => (change.kind === 'task' ? [change.record as Task] : []))
    const assets = changes.flatMap((change) => (change.kind === 'asset' ? [[change.record.id, change.record as Asset] as const] : []))
    return { tasks, assets: new Map(assets), changes, page }
  }
}

/** What every orchestrator driver must do. */
export function describeOrchestrator(name: string, makeSubject: () => Promise<OrchestratorSubject>): void {
  describe(`orchestrator: ${name}`, () => {
    const device = aDevice()
    const registration = { deviceId: device.deviceId, name: 'bench', publicKey: device.publicKey, appVersion: '1' }
    let subject: OrchestratorSubject
    let orchestrator: Orchestrator
    let work: Work
    let serverKey: string
    let deviceSeq = 0

    beforeAll(async () => {
      subject = await makeSubject()
      orchestrator = subject.orchestrator
      serverKey = (await orchestrator.register(registration, running())).serverPublicKey
      work = await pullAll(orchestrator)
    }, 60_000)
    afterAll(() => subject?.close())

    /** The nth task, done; each call makes another revision. */
    async function done(index: number, parents: string[] = []): Promise<{ revision: FrozenRevision; commit: SubmissionCommit }> {
      const task = work.tasks[index]
      if (task === undefined) throw new Error(`There is no task ${index}`)
      const { userId } = await orchestrator.me(running())
      const revision = frozen(aRevision({
        taskId: task.id, projectId: task.projectId, assetId: task.assetId, assetSha256: work.assets.get(task.assetId)?.sha256, schemaHash: task.schemaHash,
        author: userId, device: device.deviceId, shapes: [], outcome: { kind: 'skipped', reason: `attempt ${deviceSeq}` }, parents,
      }))
      return { revision, commit: commitOf(revision, ++deviceSeq) }
    }
    const store = ({ revision, commit }: { revision: FrozenRevision; commit: SubmissionCommit }) =>
      subject.objects.put({ key: commit.objectKey, bytes: revision.bytes, sha256: revision.sha256, mediaType: SUBMISSION_MEDIA_TYPE }, running())

    it('knows a device again, and refuses its id to another key', async () => {
      const again = await orchestrator.register(registration, running())
      expect(again).toMatchObject({ deviceId: device.deviceId, serverPublicKey: serverKey })
      expect(await failureOf(orchestrator.register({ ...registration, publicKey: aDevice().publicKey }, running()))).toMatchObject({ kind: 'conflict' })
    })

    it('brings everything that a task refers to before the task', () => {
      expect(work.tasks.length).toBeGreaterThanOrEqual(3)
      const seen = new Set<string>()
      for (const change of work.changes) {
        if (change.kind === 'labelSchema') seen.add(change.hash)
        if (change.kind === 'asset' || change.kind === 'project') seen.add(change.record.id)
        if (change.kind === 'task') expect([change.record.assetId, change.record.projectId, change.record.schemaHash].filter((id) => !seen.has(id))).toEqual([])
      }
      const order = work.changes.map(({ seq }) => seq)
      expect(order).toEqual([...order].sort((left, right) => left - right))
    })

    it('has nothing new after the last cursor, in the same epoch', async () => {
      const after = await orchestrator.pull(work.page.cursor, running())
      expect(after).toMatchObject({ epoch: work.page.epoch, more: false, changes: [] })
    })

    it('says that a cursor is not of its history', async () => {
      expect(await failureOf(orchestrator.pull('not a cursor', running()))).toEqual({ kind: 'cursorExpired' })
    })

    it('leases a task to the one who calls, until a time to come', async () => {
      const { userId } = await orchestrator.me(running())
      const lease = await orchestrator.lease((work.tasks[0] as Task).id, running())
      expect(lease.holder).toBe(userId)
      expect(Date.parse(lease.expiresAt)).toBeGreaterThan(Date.now())
    })

    it('gives a signed receipt for a submission, and the same one however often it is asked', async () => {
      const made = await done(0)
      await store(made)
      const receipt = await orchestrator.submit(made.commit, running())
      const { submissionId, taskId, revisionId, sha256 } = made.commit
      expect(receipt).toMatchObject({ submissionId, taskId, revisionId, sha256, late: false })
      expect(isSignedBy(serverKey, RECEIPT_DOMAIN, receipt)).toBe(true)
      expect(await Promise.all([orchestrator.submit(made.commit, running()), orchestrator.submit(made.commit, running())])).toEqual([receipt, receipt])
    })

    it('tells of a submission in the next pull', async () => {
      const made = await done(1)
      await store(made)
      const before = await pullAll(orchestrator)
      await orchestrator.submit(made.commit, running())
      const { tasks } = await pullAll(orchestrator, before.page.cursor)
      expect(tasks).toMatchObject([{ id: made.commit.taskId, state: 'submitted', headRevision: made.commit.revisionId }])
    })

    it('keeps a submission id to one hash', async () => {
      const made = await done(2)
      await store(made)
      await orchestrator.submit(made.commit, running())
      const other = await done(2, [made.commit.revisionId])
      await store(other)
      const failure = await failureOf(orchestrator.submit({ ...other.commit, submissionId: made.commit.submissionId }, running()))
      expect(failure).toMatchObject({ kind: 'conflict' })
    })

    it('gives no receipt for bytes that it cannot read', async () => {
      const { commit } = await done(2)
      expect(['conflict', 'refused', 'notFound']).toContain((await failureOf(orchestrator.submit(commit, running()))).kind)
    })

    it('refuses a task that it never handed out', async () => {
      const failure = await failureOf(orchestrator.lease('no-such-task' as Task['id'], running()))
      expect(['notFound', 'refused']).toContain(failure.kind)
    })

    it('confirms a chain of audit entries entry by entry, and what it has already', async () => {
      const chain = anAuditChain(device, 5)
      const send = (entries: typeof chain) => orchestrator.appendAudit({ device: device.deviceId, epoch: 1, entries }, running())
      const receipt = await send(chain.slice(0, 3))
      expect(receipt).toMatchObject({ device: device.deviceId, epoch: 1, size: 3, head: chain[2]?.hash })
      expect(isSignedBy(serverKey, AUDIT_RECEIPT_DOMAIN, receipt)).toBe(true)
      expect(await send(chain.slice(1))).toMatchObject({ size: 5, head: chain[4]?.hash })
      expect(await send(chain.slice(0, 2))).toMatchObject({ size: 5, head: chain[4]?.hash })
    })

    it('says how many audit entries it holds when some are missing before a segment', async () => {
      const chain = anAuditChain(device, 4, { epoch: 3 })
      const send = (entries: typeof chain) => orchestrator.appendAudit({ device: device.deviceId, epoch: 3, entries }, running())
      await send(chain.slice(0, 1))
      expect(await failureOf(send(chain.slice(2)))).toMatchObject({ kind: 'conflict', size: 1 })
      expect(await send(chain.slice(1))).toMatchObject({ size: 4 })
    })

    it('takes neither a fork nor a forgery into a chain', async () => {
      const chain = anAuditChain(device, 3, { epoch: 2 })
      const send = (entries: typeof chain) => orchestrator.appendAudit({ device: device.deviceId, epoch: 2, entries }, running())
      await send(chain)
      expect(await failureOf(send(anAuditChain(device, 3, { epoch: 2, note: 'b' })))).toMatchObject({ kind: 'conflict', code: 'auditFork' })
      const [forged] = anAuditChain({ ...aDevice(), deviceId: device.deviceId }, 1, { epoch: 2, after: chain[2] })
      expect(await failureOf(send([forged as (typeof chain)[number]]))).toMatchObject({ kind: 'refused' })
      expect(await send(chain)).toMatchObject({ size: 3, head: chain[2]?.hash })
    })

    it('gives the bytes of an asset', async () => {
      const asset = [...work.assets.values()][0] as Asset
      let size = 0
      for await (const part of subject.objects.get({ key: asset.uri.slice('object:'.length) as never, assetId: AssetIdSchema.parse(asset.id) }, running())) size += part.length
      expect(size).toBe(asset.size)
    })
  })
}
