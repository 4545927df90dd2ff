import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { auditProof } from '../../../../electron/engine/work/auditProof.ts'
import { auditFacetsOf, auditPage } from '../../../../electron/engine/work/auditSearch.ts'
import { exportAuditCsv } from '../../../../electron/engine/work/exportAuditCsv.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { AuditFilterSchema } from '../../../../shared/rpc/auditSearch.ts'
import { adding, aShape, firstChanges, taskId } from '../../../builders/records.ts'
import { aServer, aWorkspaceWithTasks, edit, pull } from '../../../builders/workspace.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'

const everything = AuditFilterSchema.parse({})

/** A submission after twelve assignments; the server has signed for the first ten entries. */
function aLog() {
  const workspace = aWorkspaceWithTasks(12)
  edit(workspace, adding(aShape()))
  submitTask(workspace, taskId('task-1'), 1000)
  const server = aServer().knownTo(workspace)
  const store = createSyncStore(workspace)
  const segment = store.nextAuditSegment(10)
  if (segment === undefined) throw new Error('no entries')
  store.acceptAuditReceipt(server.auditReceiptFor(segment))
  return { workspace, at: (seq: number) => ({ device: workspace.deviceId, epoch: 1, seq }) }
}

const sound = { payload: true, hash: true, link: true, signature: true }

describe('the proof of an audit event', () => {
  it('is the entry with its hash, its link, its signature and the receipt that covers it', async () => {
    const { workspace, at } = aLog()
    const proof = await auditProof(workspace.db, at(5))
    expect(proof).toMatchObject({ entry: at(5), publicKey: workspace.key.publicKey, checks: sound, previous: 4, next: 6, receipt: { record: { size: 10 }, signed: true, reached: true }, taskName: 'street-4.jpg' })
    expect(await auditProof(workspace.db, at(1))).toMatchObject({ checks: sound, next: 2 })
    const last = await auditProof(workspace.db, at(14))
    expect(last).toMatchObject({ checks: sound, previous: 13 })
    expect(last.receipt).toBeUndefined()
  })

  it.each([
    ['a changed payload', `UPDATE audit SET payload = '{"details":{}}' WHERE seq = 5`, { payload: false }],
    ['a changed time', `UPDATE audit SET wall = '2020-01-01T00:00:00.000Z' WHERE seq = 5`, { hash: false, signature: false }],
    ['a foreign signature', `UPDATE audit SET signature = (SELECT signature FROM audit WHERE seq = 4) WHERE seq = 5`, { signature: false }],
    ['a missing entry before it', 'DELETE FROM audit WHERE seq = 4', { link: false }],
  ])('does not hold with %s', async (_name, change, broken) => {
    const { workspace, at } = aLog()
    workspace.db.exec(change)
    expect((await auditProof(workspace.db, at(5))).checks).toEqual({ ...sound, ...broken })
  })

  it('says that the chain does not lead to the receipt when something after the event was changed', async () => {
    const { workspace, at } = aLog()
    workspace.db.exec(`UPDATE audit SET wall = '2020-01-01T00:00:00.000Z' WHERE seq = 8`)
    expect(await auditProof(workspace.db, at(5))).toMatchObject({ checks: sound, receipt: { signed: true, reached: false } })
  })

  it('is not there for an event that is not', async () => {
    const { workspace, at } = aLog()
    await expect(auditProof(workspace.db, at(99))).rejects.toMatchObject({ code: 'notFound' })
    await expect(auditProof(workspace.db, { ...at(1), device: 'other' })).rejects.toMatchObject({ code: 'notFound' })
  })
})

describe('the events of the audit log', () => {
  it('come newest first with the names of their tasks and what the server holds', () => {
    const { workspace } = aLog()
    const { events, next } = auditPage(workspace.db, everything, undefined, 3)
    expect(events).toMatchObject([
      { seq: 14, type: 'submitted', actor: 'ada', taskId: 'task-1', taskName: 'street-1.jpg', acknowledged: false },
      { seq: 13, type: 'taskAssigned' }, { seq: 12, type: 'taskAssigned' },
    ])
    expect(next).toMatchObject({ seq: 12 })
    expect(auditPage(workspace.db, everything, next, 100).events.at(-1)).toMatchObject({ seq: 1, type: 'deviceRegistered', acknowledged: true })
    expect(auditFacetsOf(workspace.db)).toEqual({ total: 14, actors: ['', 'ada'], types: ['deviceRegistered', 'submitted', 'taskAssigned'], devices: [{ device: workspace.deviceId, isThis: true }] })
  })

  it('are written as CSV, and what a spreadsheet would compute is not', async () => {
    const { workspace } = aLog()
    pull(workspace, firstChanges(1).filter(({ kind }) => kind === 'asset').map((change) => ({ ...change, seq: 99, record: { ...(change as { record: object }).record, name: '=1+1, "x"' } }) as never))
    const { file, events } = await exportAuditCsv(workspace, temporaryFolder(), AuditFilterSchema.parse({ types: ['submitted'] }), () => undefined, new AbortController().signal)
    expect(events).toBe(1)
    const [header, line, ...rest] = readFileSync(file, 'utf8').split('\r\n')
    expect(header).toBe('time,person,device,epoch,number,kind,task,taskName,acknowledged,hash')
    expect(line).toMatch(/^2026-05-01T10:00:00\.\d+Z,ada,[0-9a-f-]+,1,14,submitted,task-1,"'=1\+1, ""x""",false,[0-9a-f]{64}$/)
    expect(rest).toEqual([''])
  })
})
