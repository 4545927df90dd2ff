import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openDeviceKey } from '../../../../../electron/engine/audit/deviceKey.ts'
import { makeEntry } from '../../../../../electron/engine/audit/makeEntry.ts'
import { isSignedBy } from '../../../../../electron/engine/audit/signedRecord.ts'
import { submissionObjectKey } from '../../../../../shared/api/messages.ts'
import type { SubmissionCommit } from '../../../../../shared/api/messages.ts'
import type { AuditEntry } from '../../../../../shared/domain/auditEvent.ts'
import { DeviceIdSchema, InstantSchema, RevisionIdSchema, Sha256Schema, SubmissionIdSchema } from '../../../../../shared/domain/ids.ts'
import { AUDIT_RECEIPT_DOMAIN, RECEIPT_DOMAIN } from '../../../../../shared/domain/receipt.ts'
import { A_SCHEMA_HASH, taskId } from '../../../../builders/records.ts'
import { temporaryFolder } from '../../../../builders/temporaryFolder.ts'
import { failureOf, namesIn, openFolder, pullAll, put, replay, shaOf, signal } from './setup.ts'

const deviceId = DeviceIdSchema.parse('device-1')
const keyFolder = mkdtempSync(join(tmpdir(), 'fieldmark-key-'))
const deviceKey = openDeviceKey(join(keyFolder, 'key.pem'))
afterAll(() => rmSync(keyFolder, { recursive: true }))
const device = { deviceId, name: 'here', publicKey: deviceKey.publicKey, appVersion: '1' }

async function folderWithTask() {
  const folder = temporaryFolder()
  put(folder, 'a.jpg', 'a')
  const opened = await openFolder({ folder })
  await opened.scan()
  const [task] = replay((await pullAll(opened.local)).changes).tasks
  if (!task) throw new Error('one task')
  return { ...opened, task }
}

type Opened = Awaited<ReturnType<typeof folderWithTask>>

/** A submission whose bytes are stored already. */
async function submissionOf({ local, task }: Opened, bytes = Buffer.from('{"a":1}'), id = 'submission-1'): Promise<SubmissionCommit> {
  const sha256 = Sha256Schema.parse(shaOf(bytes))
  const objectKey = submissionObjectKey(sha256)
  await local.store.put({ key: objectKey, bytes, sha256, mediaType: 'application/json' }, signal)
  return { submissionId: SubmissionIdSchema.parse(id), deviceId, deviceSeq: 1, taskId: task.id, revisionId: RevisionIdSchema.parse(sha256), schemaHash: A_SCHEMA_HASH, objectKey, sha256, size: bytes.length }
}

describe('pull', () => {
  it('goes on after a restart where it was, and never back', async () => {
    const opened = await folderWithTask()
    const before = await pullAll(opened.local)
    await opened.close()
    put(opened.folder, 'b.jpg', 'b')
    const again = await openFolder({ folder: opened.folder })
    await again.scan()
    const after = await pullAll(again.local, before.cursor)
    expect(after.epoch).toBe(before.epoch)
    expect(after.changes.map(({ kind }) => kind)).toEqual(['asset', 'task'])
    expect(Number(after.cursor)).toBeGreaterThan(Number(before.cursor))
  })

  it.each(['99999', '-1', 'x', '1.5'])('refuses the cursor %s', async (cursor) => {
    expect(await failureOf((await folderWithTask()).local.orchestrator.pull(cursor, signal))).toEqual({ kind: 'cursorExpired' })
  })

  it('has another epoch when the catalog was lost, and the same tasks', async () => {
    const opened = await folderWithTask()
    const before = await pullAll(opened.local)
    await opened.close()
    rmSync(join(opened.workspaceDir, 'local', 'catalog.db'))
    const again = await openFolder({ folder: opened.folder })
    await again.scan()
    const after = await pullAll(again.local)
    expect(after.epoch).not.toBe(before.epoch)
    expect(replay(after.changes).tasks).toEqual([opened.task])
  })
})

describe('a submission', () => {
  it('gets a signed receipt, the same one each time, also after a restart', async () => {
    const opened = await folderWithTask()
    const { serverPublicKey, serverKeyId } = await opened.local.orchestrator.register(device, signal)
    const commit = await submissionOf(opened)
    const receipt = await opened.local.orchestrator.submit(commit, signal)
    expect(receipt).toMatchObject({ submissionId: commit.submissionId, sha256: commit.sha256, late: false, seq: 1, serverKeyId })
    expect(isSignedBy(serverPublicKey, RECEIPT_DOMAIN, receipt)).toBe(true)
    await opened.close()
    const again = await openFolder({ folder: opened.folder })
    expect(await again.local.orchestrator.submit(commit, signal)).toEqual(receipt)
    expect((await again.local.orchestrator.register(device, signal)).serverPublicKey).toBe(serverPublicKey)
    expect(replay((await pullAll(again.local)).changes).tasks).toMatchObject([{ state: 'submitted', headRevision: commit.revisionId }])
  })

  it('keeps its task when the picture goes', async () => {
    const opened = await folderWithTask()
    await opened.local.orchestrator.submit(await submissionOf(opened), signal)
    rmSync(join(opened.folder, 'a.jpg'))
    await opened.scan()
    expect(await namesIn(opened.local)).toEqual(['a.jpg'])
  })

  it('is refused when its bytes are missing or others, its task is unknown, or its id was used', async () => {
    const opened = await folderWithTask()
    const { orchestrator } = opened.local
    const commit = await submissionOf(opened)
    const missing = Sha256Schema.parse('0'.repeat(64))
    expect(await failureOf(orchestrator.submit({ ...commit, objectKey: submissionObjectKey(missing), sha256: missing }, signal))).toMatchObject({ kind: 'notFound' })
    expect(await failureOf(orchestrator.submit({ ...commit, size: 3 }, signal))).toMatchObject({ kind: 'conflict', code: 'objectDiffers' })
    expect(await failureOf(orchestrator.submit({ ...commit, taskId: taskId('other') }, signal))).toMatchObject({ kind: 'refused', code: 'taskUnknown' })
    await orchestrator.submit(commit, signal)
    const other = await submissionOf(opened, Buffer.from('{"a":2}'))
    expect(await failureOf(orchestrator.submit(other, signal))).toMatchObject({ kind: 'conflict', code: 'submissionDiffers' })
    expect(await orchestrator.submit({ ...other, submissionId: SubmissionIdSchema.parse('submission-2') }, signal)).toMatchObject({ seq: 2 })
  })
})

describe('the audit log', () => {
  function chain(length: number, note = 'x'): AuditEntry[] {
    const entries: AuditEntry[] = []
    for (let seq = 0; seq < length; seq++) {
      entries.push(makeEntry(deviceKey, { device: deviceId, epoch: 1, seq, hash: entries.at(-1)?.hash }, 'submitted', { details: { note, seq } }, { wall: InstantSchema.parse('2026-01-01T00:00:00.000Z'), monotonicMs: seq }))
    }
    return entries
  }
  const segment = (entries: AuditEntry[]) => ({ device: deviceId, epoch: 1, entries })

  it('is taken in segments, which may overlap, and signed for', async () => {
    const { local } = await folderWithTask()
    const { serverPublicKey } = await local.orchestrator.register(device, signal)
    const entries = chain(5)
    await local.orchestrator.appendAudit(segment(entries.slice(0, 3)), signal)
    const receipt = await local.orchestrator.appendAudit(segment(entries.slice(1)), signal)
    expect(receipt).toMatchObject({ size: 5, head: entries[4]?.hash })
    expect(isSignedBy(serverPublicKey, AUDIT_RECEIPT_DOMAIN, receipt)).toBe(true)
  })

  it('is refused with a gap, as a fork, with a changed entry, or from a stranger', async () => {
    const { orchestrator } = (await folderWithTask()).local
    const entries = chain(3)
    const [first, second] = entries
    if (!first || !second) throw new Error('three entries')
    expect(await failureOf(orchestrator.appendAudit(segment(entries), signal))).toMatchObject({ kind: 'refused', code: 'deviceUnknown' })
    await orchestrator.register(device, signal)
    expect(await failureOf(orchestrator.appendAudit(segment([second]), signal))).toMatchObject({ kind: 'conflict', code: 'auditGap' })
    expect(await failureOf(orchestrator.appendAudit(segment([{ ...first, payload: { details: { forged: true } } }]), signal))).toMatchObject({ kind: 'refused', code: 'auditUnsound' })
    await orchestrator.appendAudit(segment(entries), signal)
    expect(await failureOf(orchestrator.appendAudit(segment(chain(2, 'another history')), signal))).toMatchObject({ kind: 'conflict', code: 'auditFork' })
  })
})

it('knows a device by its key', async () => {
  const { orchestrator } = (await folderWithTask()).local
  await orchestrator.register(device, signal)
  await orchestrator.register(device, signal)
  const other = { ...device, publicKey: generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString() }
  expect(await failureOf(orchestrator.register(other, signal))).toMatchObject({ kind: 'conflict' })
})

it('gives leases for known tasks', async () => {
  const { local, task } = await folderWithTask()
  expect(Date.parse((await local.orchestrator.lease(task.id, signal)).expiresAt)).toBeGreaterThan(Date.now())
  expect(await failureOf(local.orchestrator.lease(taskId('none'), signal))).toMatchObject({ kind: 'refused' })
})
