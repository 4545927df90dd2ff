import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openDeviceKey } from '../../../../electron/engine/audit/deviceKey.ts'
import { makeEntry } from '../../../../electron/engine/audit/makeEntry.ts'
import { auditEpochs, auditRun, insertAuditEntry, toAuditEntry } from '../../../../electron/engine/db/repositories/auditLog.ts'
import { appendAudit } from '../../../../electron/engine/work/appendAudit.ts'
import { openIdentity } from '../../../../electron/engine/work/identity.ts'
import { instantNow } from '../../../../electron/engine/work/context.ts'
import { submitTask } from '../../../../electron/engine/work/submitTask.ts'
import { createSyncStore } from '../../../../electron/engine/work/syncStore.ts'
import { verifyStoredAudit } from '../../../../electron/engine/work/verifyStoredAudit.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { adding, aShape, taskId } from '../../../builders/records.ts'
import { aServer, aWorkspace, aWorkspaceWithTasks, edit, pull } from '../../../builders/workspace.ts'
import type { TestWorkspace } from '../../../builders/workspace.ts'

/** A log of 13 entries; the server holds the first ten and gave its receipt for them. */
function aLog() {
  const workspace = aWorkspaceWithTasks(12)
  const server = aServer().knownTo(workspace)
  const store = createSyncStore(workspace)
  const segment = store.nextAuditSegment(10)
  if (segment === undefined) throw new Error('no entries')
  store.acceptAuditReceipt(server.auditReceiptFor(segment))
  return { workspace, server, store }
}

async function faults(workspace: TestWorkspace) {
  const { faults: found } = await verifyStoredAudit(workspace.db, () => undefined, new AbortController().signal)
  return found.map(({ kind, epoch, seq }) => `${kind} ${epoch}/${seq}`)
}

/** Writes the chain anew from an entry on, soundly signed, as somebody with the device's key could. */
function recompute({ db, key }: TestWorkspace, from: number): void {
  const entries = auditRun(db, 1, 0, 1000).map(toAuditEntry)
  db.prepare('DELETE FROM audit WHERE seq >= ?').run(from)
  let end = entries[from - 2]
  for (const { device, epoch, seq, type, payload, wall, monotonicMs } of entries.slice(from - 1)) {
    const changed = { ...payload, details: { ...payload.details, changed: true } }
    end = makeEntry(key, { device, epoch, seq: seq - 1, hash: end?.hash }, type, changed, { wall, monotonicMs })
    insertAuditEntry(db, end, canonicalJson(changed))
  }
}

describe('verification of the audit log', () => {
  it('finds nothing wrong with a sound log, and counts what the server holds', async () => {
    const { workspace } = aLog()
    const progress: number[] = []
    expect(await verifyStoredAudit(workspace.db, (entries) => progress.push(entries), new AbortController().signal)).toEqual({ entries: 13, epochs: 1, receipts: 1, acknowledged: 10, faults: [], faultCount: 0 })
    expect(progress).toEqual([13])
  })

  it.each([
    ['a changed payload', `UPDATE audit SET payload = replace(payload, 'assigned', 'accepted') WHERE seq = 5`, ['payloadMismatch 1/5']],
    ['a payload with something added', `UPDATE audit SET payload = json_set(payload, '$.extra', 1) WHERE seq = 5`, ['payloadMismatch 1/5']],
    ['a payload that is no JSON', `UPDATE audit SET payload = '{' WHERE seq = 5`, ['payloadMismatch 1/5']],
    ['a changed time', `UPDATE audit SET wall = '2020-01-01T00:00:00.000Z' WHERE seq = 5`, ['hashMismatch 1/5']],
    ['a changed type', `UPDATE audit SET type = 'exported' WHERE seq = 5`, ['hashMismatch 1/5']],
    ['a foreign signature', `UPDATE audit SET signature = (SELECT signature FROM audit WHERE seq = 4) WHERE seq = 5`, ['badSignature 1/5']],
    ['a removed entry', 'DELETE FROM audit WHERE seq = 5', ['gap 1/6', 'brokenLink 1/6']],
    ['a removed first entry', 'DELETE FROM audit WHERE seq = 1', ['gap 1/2', 'brokenLink 1/2']],
    ['two entries that changed places', 'UPDATE audit SET seq = CASE seq WHEN 5 THEN 60 ELSE 50 END WHERE seq IN (5, 6); UPDATE audit SET seq = seq / 10 WHERE seq IN (50, 60)',
      ['brokenLink 1/5', 'reordered 1/5', 'brokenLink 1/6', 'reordered 1/6', 'brokenLink 1/7']],
    ['a tail that was cut off', 'DELETE FROM audit WHERE seq > 8', ['cutTail 1/9']],
    ['an epoch of which only the receipt is left', 'DELETE FROM audit; DELETE FROM audit_epochs', ['cutTail 1/1']],
    ['a receipt that was changed', `UPDATE audit_receipts SET raw = json_set(raw, '$.size', 11)`, ['badReceipt 1/11']],
  ])('shows %s', async (_, tampering, expected) => {
    const { workspace } = aLog()
    workspace.db.pragma('foreign_keys = OFF')
    workspace.db.exec(tampering)
    expect(await faults(workspace)).toEqual(expected)
  })

  it('shows an entry that was added by somebody without the key', async () => {
    const { workspace } = aLog()
    const [last] = auditRun(workspace.db, 1, 12, 1).map(toAuditEntry)
    if (last === undefined) throw new Error('no entry')
    const stranger = openDeviceKey(join(workspace.folder, 'stranger.pem'))
    const entry = makeEntry(stranger, last, 'submitted', { details: {} }, { wall: last.wall, monotonicMs: 1 })
    insertAuditEntry(workspace.db, entry, canonicalJson(entry.payload))
    expect(await faults(workspace)).toEqual(['badSignature 1/14'])
  })

  it('shows a chain that was computed anew, by the receipts alone', async () => {
    const { workspace } = aLog()
    recompute(workspace, 11)
    expect(await faults(workspace)).toEqual([])
    recompute(workspace, 5)
    expect(await faults(workspace)).toEqual(['recomputed 1/10'])
  })

  it('can be stopped and lets the event loop breathe', async () => {
    const workspace = aWorkspaceWithTasks(300)
    const controller = new AbortController()
    let turns = 0
    const timer = setInterval(() => { turns += 1 }, 1)
    const checked = await verifyStoredAudit(workspace.db, () => undefined, controller.signal)
    clearInterval(timer)
    expect(checked.entries).toBe(301)
    expect(turns).toBeGreaterThan(1)
    await expect(verifyStoredAudit(workspace.db, () => { controller.abort() }, controller.signal)).rejects.toThrow()
  })
})

describe('the audit log towards the server', () => {
  it('is sent in contiguous segments until everything has its receipt', () => {
    const { workspace, server, store } = aLog()
    expect(store.auditBacklog()).toBe(3)
    const segment = store.nextAuditSegment(2)
    expect(segment).toMatchObject({ device: workspace.deviceId, epoch: 1, entries: [{ seq: 11 }, { seq: 12 }] })
    for (let rest = segment; rest !== undefined; rest = store.nextAuditSegment(2)) store.acceptAuditReceipt(server.auditReceiptFor(rest))
    expect(store.auditBacklog()).toBe(0)
  })

  it('takes no receipt that the server did not sign', () => {
    const { server, store } = aLog()
    const segment = store.nextAuditSegment(2)
    if (segment === undefined) throw new Error('no entries')
    const corrupt = expect.objectContaining({ failure: { kind: 'corrupt' } }) as Error
    expect(() => { store.acceptAuditReceipt({ ...server.auditReceiptFor(segment), size: 11 }) }).toThrow(corrupt)
    expect(() => { store.acceptAuditReceipt(server.auditReceiptFor(segment, { epoch: 7 })) }).toThrow(corrupt)
    expect(() => { store.acceptAuditReceipt(aServer('unknown').auditReceiptFor(segment)) }).toThrow(corrupt)
    expect(store.auditBacklog()).toBe(3)
  })

  it('counts what a receipt for another chain speaks of as not acknowledged, and keeps it as evidence', async () => {
    const { workspace, server, store } = aLog()
    const segment = store.nextAuditSegment(10)
    if (segment === undefined) throw new Error('no entries')
    expect(() => { store.acceptAuditReceipt(server.auditReceiptFor(segment, { head: 'f'.repeat(64) })) }).toThrow(expect.objectContaining({ failure: { kind: 'conflict', status: 200, code: 'auditFork' } }))
    expect(await faults(workspace)).toEqual(['recomputed 1/13'])
    expect(store.auditBacklog()).toBe(3)
    expect(store.nextAuditSegment(10)).toEqual(segment)
  })

  it('goes on as a new device after a fork; the old chain stays, is not offered, and is told of for ever', async () => {
    const { workspace, store } = aLog()
    const before = workspace.deviceId
    expect(store.recordAuditFork(1)).toBe(true)
    expect(workspace.deviceId).not.toBe(before)
    expect(store.auditBacklog()).toBe(1)
    expect(store.nextAuditSegment(10)).toMatchObject({
      device: workspace.deviceId, epoch: 2,
      entries: [{ seq: 1, type: 'deviceRegistered', payload: { details: { reason: 'auditForked', previousDevice: before, previousEpoch: 1, previousSize: 13 } } }],
    })
    expect(await faults(workspace)).toEqual(['forked 1/11'])
    expect(workspace.events.at(-1)).toMatchObject({ event: 'engine.notice', payload: { code: 'auditForked' } })
    expect(openIdentity(workspace)).toBe(workspace.deviceId)
  })

  it('makes no new device when an epoch forked that was left before', () => {
    const { workspace, store } = aLog()
    const device = openIdentity(workspace, 'databaseRestored')
    expect(store.recordAuditFork(1)).toBe(true)
    expect(workspace.deviceId).toBe(device)
    expect(store.nextAuditSegment(10)).toMatchObject({ device, epoch: 2 })
  })

  it('makes no new device for a server that calls fork what it has never seen', () => {
    const { workspace, server, store } = aLog()
    store.recordAuditFork(1)
    expect(store.recordAuditFork(2)).toBe(false)
    expect(auditEpochs(workspace.db)).toHaveLength(2)
    const segment = store.nextAuditSegment(10)
    if (segment === undefined) throw new Error('no entries')
    store.acceptAuditReceipt(server.auditReceiptFor(segment))
    expect(store.recordAuditFork(2)).toBe(true)
  })

  it('sends what waits, and what was refused, as the new device after a fork: the same ids and bytes under numbers of its own', () => {
    const { workspace, store } = aLog()
    const labelled = [taskId('task-1'), taskId('task-2')].map((task) => {
      edit(workspace, adding(aShape({ id: `shape-of-${task}` })), task)
      submitTask(workspace, task, 0)
      return task
    })
    const before = store.dueOutbox(Number.MAX_SAFE_INTEGER, 10)
    const [refused] = before
    if (refused === undefined) throw new Error('nothing waits')
    store.deadLetter(refused.submissionId, { at: instantNow(workspace.clock), kind: 'conflict', message: 'the number was used' })
    store.recordAuditFork(1)
    const after = store.dueOutbox(Number.MAX_SAFE_INTEGER, 10)
    expect(after.map(({ taskId: task }) => task)).toEqual(labelled)
    expect(after.map(({ commit }) => commit)).toEqual(before.map(({ commit }, index) => ({ ...commit, deviceId: workspace.deviceId, deviceSeq: index + 1 })))
    edit(workspace, adding(aShape()), taskId('task-3'))
    submitTask(workspace, taskId('task-3'), 0)
    expect(store.dueOutbox(Number.MAX_SAFE_INTEGER, 10).at(-1)?.deviceSeq).toBe(3)
  })

  it('is offered again from where a server says that it ends; the receipts still verify', async () => {
    const { workspace, store } = aLog()
    store.noteAuditHeld(1, 4)
    expect(store.auditBacklog()).toBe(9)
    expect(store.nextAuditSegment(2)).toMatchObject({ epoch: 1, entries: [{ seq: 5 }, { seq: 6 }] })
    expect(await faults(workspace)).toEqual([])
  })

  it('is offered once more by its last entry in a new server epoch', () => {
    const { workspace, store } = aLog()
    pull(workspace, [], { epoch: 'one' })
    store.startNewServerEpoch('two')
    expect(store.nextAuditSegment(2)).toMatchObject({ epoch: 1, entries: [{ seq: 10 }, { seq: 11 }] })
  })

  it('writes no entry outside the transaction of what it records', () => {
    const { workspace } = aLog()
    expect(() => { appendAudit(workspace, 'exported', { details: {} }) }).toThrow('transaction')
  })
})

describe('the identity of the device', () => {
  it('stays the same from start to start', () => {
    const workspace = aWorkspace()
    expect(openIdentity(workspace)).toBe(workspace.deviceId)
    expect(auditEpochs(workspace.db)).toMatchObject([{ epoch: 1, device: workspace.deviceId, reason: 'firstStart' }])
  })

  it('is a new device after a restored backup, whose numbers the old one has used already', () => {
    const workspace = aWorkspace()
    const before = workspace.deviceId
    const device = openIdentity(workspace, 'databaseRestored')
    expect(device).not.toBe(before)
    expect(auditEpochs(workspace.db).at(-1)).toMatchObject({ epoch: 2, device, reason: 'databaseRestored', publicKey: workspace.key.publicKey })
  })

  it('begins anew, and says so in the log, when the key is another one; the old chain still verifies', async () => {
    const { workspace } = aLog()
    rmSync(join(workspace.folder, 'device-key.pem'))
    const key = openDeviceKey(join(workspace.folder, 'device-key.pem'))
    const before = workspace.deviceId
    const device = openIdentity({ ...workspace, key })
    expect(device).not.toBe(before)
    expect(auditEpochs(workspace.db).at(-1)).toMatchObject({ epoch: 2, device, reason: 'deviceKeyChanged' })
    expect(auditRun(workspace.db, 2, 0, 10).map(toAuditEntry)).toMatchObject([{ payload: { details: { previousDevice: before, previousSize: 13 } } }])
    expect(await faults(workspace)).toEqual([])
  })
})
