import { createPublicKey, randomUUID, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { submissionObjectKey } from '../../../../shared/api/messages.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { DeviceIdSchema } from '../../../../shared/domain/ids.ts'
import { RECEIPT_DOMAIN } from '../../../../shared/domain/receipt.ts'
import { aShape } from '../../../builders/records.ts'
import { commitOf } from '../../../builders/revision.ts'
import { aTaskFor, pullAll, register, sha256Of, submitWork, taskOf, upload, workOn } from '../lab.ts'
import type { OpenLab } from '../lab.ts'
import { useLab } from './useLab.ts'

export function submissionsSuite(open: OpenLab): void {
  const lab = useLab(open)
  let lastSeq = 0
  const nextSeq = () => ++lastSeq
  const heldFor = async (taskId: string) => (await lab().orchestrator.listSubmissions()).filter((held) => held.taskId === taskId)

  test('a receipt is signed by the server\'s key over its canonical JSON', async () => {
    const { ada, orchestrator } = lab()
    const { signature, ...statement } = await submitWork(ada, workOn(await aTaskFor(lab(), ada), ada), nextSeq())
    expect(statement).toMatchObject({ late: false, serverKeyId: orchestrator.serverKeyId })
    const signed = Buffer.from(`${RECEIPT_DOMAIN}\n${canonicalJson(statement)}`)
    expect(verify(null, signed, createPublicKey(orchestrator.serverPublicKey), Buffer.from(signature, 'base64'))).toBe(true)
  })

  test('a submission moves its task on, and everyone who sees the task hears of it', async () => {
    const { ada, rita, orchestrator } = lab()
    const work = await aTaskFor(lab(), ada)
    const [atAda, atRita] = [await pullAll(ada), await pullAll(rita)]
    const receipt = await submitWork(ada, workOn(work, ada), nextSeq())
    expect(await taskOf(orchestrator, work.task.id)).toMatchObject({ state: 'submitted', headRevision: receipt.revisionId })
    const moved = { kind: 'task', record: { id: work.task.id, state: 'submitted' } }
    expect((await pullAll(ada, atAda.cursor)).changes).toMatchObject([moved])
    expect((await pullAll(rita, atRita.cursor)).changes).toMatchObject([moved, { kind: 'revision', record: { id: receipt.revisionId } }])
  })

  test('the same id and hash give the same receipt byte for byte, also by another road', async () => {
    const { ada } = lab()
    const work = workOn(await aTaskFor(lab(), ada), ada)
    await upload(ada, work)
    const commit = commitOf(work, nextSeq())
    const first = await ada.client.send('submit', { body: commit, headers: { 'idempotency-key': commit.submissionId } })
    const second = await ada.client.send('submit', { body: commit, headers: { 'idempotency-key': commit.submissionId } })
    const read = await ada.client.send('getReceipt', { params: { submissionId: commit.submissionId } })
    expect([first.status, second.text, read.text]).toEqual([200, first.text, first.text])
    expect(await heldFor(commit.taskId)).toHaveLength(1)
  })

  test('twenty requests for one submission at once make one row and one receipt', async () => {
    const { ada } = lab()
    const work = workOn(await aTaskFor(lab(), ada), ada)
    await upload(ada, work)
    const commit = commitOf(work, nextSeq())
    const answers = await Promise.all(Array.from({ length: 20 }, () => ada.client.send('submit', { body: commit })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await heldFor(commit.taskId)).toHaveLength(1)
  })

  test('an id that stands for other bytes is a conflict, and changes nothing', async () => {
    const { ada } = lab()
    const work = await aTaskFor(lab(), ada)
    const first = await submitWork(ada, workOn(work, ada), nextSeq())
    const other = workOn(work, ada)
    await upload(ada, other)
    const body = commitOf(other, nextSeq(), { submissionId: first.submissionId })
    expect(await ada.client.problem('submit', { body })).toMatchObject({ status: 409, code: 'conflict' })
    expect(await heldFor(work.task.id)).toHaveLength(1)
  })

  test('an Idempotency-Key other than the submission id is refused', async () => {
    const { ada } = lab()
    const body = commitOf(workOn(await aTaskFor(lab(), ada), ada), nextSeq())
    expect((await ada.client.problem('submit', { body, headers: { 'idempotency-key': randomUUID() } })).code).toBe('invalid')
  })

  test('without bytes in storage the commit is refused with blobMissing; after the upload it is taken', async () => {
    const { ada } = lab()
    const work = workOn(await aTaskFor(lab(), ada), ada)
    const body = commitOf(work, nextSeq())
    expect(await ada.client.problem('submit', { body })).toMatchObject({ status: 409, code: 'blobMissing' })
    await upload(ada, work)
    expect((await ada.client.ok('submit', { body })).sha256).toBe(work.sha256)
  })

  test('a commit that tells another size than storage holds is refused with hashMismatch', async () => {
    const { ada } = lab()
    const work = workOn(await aTaskFor(lab(), ada), ada)
    await upload(ada, work)
    expect((await ada.client.problem('submit', { body: commitOf(work, nextSeq(), { size: work.bytes.length + 1 }) })).code).toBe('hashMismatch')
  })

  test.each([
    ['not JSON', () => Buffer.from('{"format":')],
    ['JSON, but not canonical', (bytes: Buffer) => Buffer.from(JSON.stringify(JSON.parse(bytes.toString()), null, 1))],
    ['not a revision', () => Buffer.from('{"a":1}')],
  ])('bytes that are %s are refused', async (_name, change) => {
    const { ada } = lab()
    const work = workOn(await aTaskFor(lab(), ada), ada)
    const bytes = Buffer.concat([change(work.bytes)])
    const sha256 = sha256Of(bytes)
    await upload(ada, { bytes, sha256 })
    const body = commitOf(work, nextSeq(), { sha256, revisionId: sha256, objectKey: submissionObjectKey(sha256), size: bytes.length })
    expect(await ada.client.problem('submit', { body })).toMatchObject({ status: 422, code: 'invalid' })
  })

  test.each([
    ['of another task', { taskId: 'task-other' }, 422],
    ['of another project', { projectId: 'other' }, 422],
    ['of another image', { assetSha256: 'c'.repeat(64) }, 422],
    ['of a label schema that the project never had', { schemaHash: 'd'.repeat(64) }, 422],
    ['by somebody else', { author: 'ben' }, 403],
    ['of another device', { device: 'other' }, 422],
    ['with a class that the label schema does not have', { shapes: [aShape({ classId: 'dragon' })] }, 422],
    ['with a shape outside of the image', { shapes: [aShape({ geometry: { kind: 'point', x: 641, y: 1 } })] }, 422],
    ['with an unknown tag', { tags: ['haunted'] }, 422],
  ])('a revision %s is refused', async (_name, fields, status) => {
    const { ada } = lab()
    const place = await aTaskFor(lab(), ada)
    const work = workOn(place, ada, fields)
    await upload(ada, work)
    const schemaHash = 'schemaHash' in fields ? {} : { schemaHash: place.task.schemaHash }
    const body = commitOf(work, nextSeq(), { taskId: place.task.id, deviceId: ada.device.deviceId, ...schemaHash })
    expect((await ada.client.problem('submit', { body })).status).toBe(status)
    expect(await heldFor(place.task.id)).toEqual([])
  })

  test('a task that the person never had is unknown to them, and a device that is not theirs is refused', async () => {
    const { ada, ben } = lab()
    const place = await aTaskFor(lab(), ada)
    const foreign = workOn(place, ben)
    await upload(ben, foreign)
    expect((await ben.client.problem('submit', { body: commitOf(foreign, 900) })).status).toBe(404)
    const borrowed = workOn(place, { ...ada, device: ben.device })
    await upload(ada, borrowed)
    expect((await ada.client.problem('submit', { body: commitOf(borrowed, 901) })).status).toBe(403)
  })

  test('passed-over work may be unfinished', async () => {
    const { ada } = lab()
    const outcome = { kind: 'skipped', reason: 'too dark' }
    const work = workOn(await aTaskFor(lab(), ada), ada, { outcome, shapes: [aShape({ classId: 'car' })] })
    expect((await submitWork(ada, work, nextSeq())).late).toBe(false)
  })

  test('sequence numbers may leave gaps and come late, but one stands for one submission only', async () => {
    const { ada } = lab()
    const station = await register(ada)
    const work = async () => workOn(await aTaskFor(lab(), station), station)
    await submitWork(station, await work(), 7)
    await submitWork(station, await work(), 3)
    const reused = await work()
    await upload(station, reused)
    expect(await station.client.problem('submit', { body: commitOf(reused, 7) })).toMatchObject({ status: 409, code: 'conflict' })
  })

  test('a device that goes on under another id may send what it made under the old one, but nobody else\'s', async () => {
    const { ada } = lab()
    const old = await register(ada)
    const renewed = { ...old.device, deviceId: DeviceIdSchema.parse(randomUUID()) }
    await old.client.ok('registerDevice', { body: { deviceId: renewed.deviceId, name: 'again', publicKey: renewed.publicKey, appVersion: '1' } })
    const work = workOn(await aTaskFor(lab(), old), old)
    await upload(old, work)
    const other = await register(ada)
    expect((await ada.client.problem('submit', { body: commitOf(work, 1, { deviceId: other.device.deviceId }) })).status).toBe(422)
    expect(await old.client.ok('submit', { body: commitOf(work, 1, { deviceId: renewed.deviceId }) })).toMatchObject({ revisionId: work.sha256 })
  })

  test('one revision under two submission ids counts once', async () => {
    const { ada } = lab()
    const work = workOn(await aTaskFor(lab(), ada), ada)
    await submitWork(ada, work, nextSeq())
    expect((await ada.client.problem('submit', { body: commitOf(work, nextSeq()) })).code).toBe('conflict')
  })

  test('a receipt is for its author only', async () => {
    const { ada, ben } = lab()
    const { submissionId } = await submitWork(ada, workOn(await aTaskFor(lab(), ada), ada), nextSeq())
    expect((await ben.client.problem('getReceipt', { params: { submissionId } })).status).toBe(404)
    expect((await ada.client.problem('getReceipt', { params: { submissionId: randomUUID() } })).status).toBe(404)
  })
}
