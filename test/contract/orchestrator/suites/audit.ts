import { createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { AuditEntrySchema } from '../../../../shared/domain/auditEvent.ts'
import type { AuditEntry } from '../../../../shared/domain/auditEvent.ts'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { AUDIT_RECEIPT_DOMAIN } from '../../../../shared/domain/receipt.ts'
import { aDevice, anAuditChain } from '../../../builders/auditChain.ts'
import { register } from '../lab.ts'
import type { OpenLab, Workstation } from '../lab.ts'
import { useLab } from './useLab.ts'

export function auditSuite(open: OpenLab): void {
  const lab = useLab(open)
  const segment = ({ device }: Workstation, entries: AuditEntry[], epoch = 1) => ({ body: { device: device.deviceId, epoch, entries } })

  test('a chain is taken in segments, and its receipt is signed', async () => {
    const { ada, orchestrator } = lab()
    const station = await register(ada)
    const chain = anAuditChain(station.device, 5)
    await station.client.ok('appendAudit', segment(station, chain.slice(0, 2)))
    const { signature, ...statement } = await station.client.ok('appendAudit', segment(station, chain.slice(2)))
    expect(statement).toMatchObject({ device: station.device.deviceId, epoch: 1, head: chain[4]?.hash, size: 5, serverKeyId: orchestrator.serverKeyId })
    const signed = Buffer.from(`${AUDIT_RECEIPT_DOMAIN}\n${canonicalJson(statement)}`)
    expect(verify(null, signed, createPublicKey(orchestrator.serverPublicKey), Buffer.from(signature, 'base64'))).toBe(true)
    expect(await orchestrator.auditEntries(station.device.deviceId)).toEqual(chain)
  })

  test('what is held already is skipped', async () => {
    const { ada, orchestrator } = lab()
    const station = await register(ada)
    const chain = anAuditChain(station.device, 4)
    await station.client.ok('appendAudit', segment(station, chain.slice(0, 3)))
    expect(await station.client.ok('appendAudit', segment(station, chain.slice(1)))).toMatchObject({ size: 4, head: chain[3]?.hash })
    expect(await station.client.ok('appendAudit', segment(station, chain.slice(0, 2)))).toMatchObject({ size: 4, head: chain[3]?.hash })
    expect(await orchestrator.auditHead(station.device.deviceId)).toEqual({ size: 4, head: chain[3]?.hash })
  })

  test('the same segment many times at once is held once', async () => {
    const { ada, orchestrator } = lab()
    const station = await register(ada)
    const chain = anAuditChain(station.device, 3)
    const receipts = await Promise.all(Array.from({ length: 10 }, () => station.client.ok('appendAudit', segment(station, chain))))
    expect(new Set(receipts.map(({ head, size }) => `${size} ${head}`)).size).toBe(1)
    expect(await orchestrator.auditEntries(station.device.deviceId)).toEqual(chain)
  })

  test.each([['in place of an entry', 1], ['after the last one', 3]])('another history %s is a fork: recorded, and never healed', async (_name, shared) => {
    const { ada, orchestrator } = lab()
    const station = await register(ada)
    const chain = anAuditChain(station.device, 3)
    await station.client.ok('appendAudit', segment(station, chain))
    const other = anAuditChain(station.device, shared, { note: 'b' })
    const offered = shared === 3 ? anAuditChain(station.device, 1, { after: other[2] as AuditEntry }) : other
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await station.client.problem('appendAudit', segment(station, offered))).toMatchObject({ status: 409, code: 'auditFork', seq: offered[0]?.seq })
    }
    const forks = (await orchestrator.listAuditForks()).filter(({ device }) => device === station.device.deviceId)
    expect(forks).toMatchObject([{ seq: offered[0]?.seq, offeredHash: offered[0]?.hash }])
    expect(await orchestrator.auditEntries(station.device.deviceId)).toEqual(chain)
  })

  test('a gap is refused and tells how many are held', async () => {
    const station = await register(lab().ada)
    const chain = anAuditChain(station.device, 5)
    await station.client.ok('appendAudit', segment(station, chain.slice(0, 2)))
    expect(await station.client.problem('appendAudit', segment(station, chain.slice(3)))).toMatchObject({ status: 409, code: 'conflict', size: 2 })
  })

  test('a new epoch starts a chain of its own', async () => {
    const { ada, orchestrator } = lab()
    const station = await register(ada)
    await station.client.ok('appendAudit', segment(station, anAuditChain(station.device, 2)))
    const second = anAuditChain(station.device, 1, { epoch: 2 })
    expect(await station.client.ok('appendAudit', segment(station, second, 2))).toMatchObject({ epoch: 2, size: 1 })
    expect((await orchestrator.auditHead(station.device.deviceId, 1))?.size).toBe(2)
  })

  test.each<[string, (entry: AuditEntry) => object, string]>([
    ['payload', (entry) => ({ ...entry, payload: { details: { note: 'changed' } } }), 'invalid'],
    ['time', (entry) => ({ ...entry, wall: '2020-01-01T00:00:00.000Z' }), 'invalid'],
    ['link', (entry) => ({ ...entry, prev: 'f'.repeat(64) }), 'invalid'],
    ['place', (entry) => ({ ...entry, seq: entry.seq + 1 }), 'invalid'],
    ['signature', (entry) => ({ ...entry, signature: Buffer.alloc(64).toString('base64') }), 'signatureInvalid'],
  ])('an entry with a changed %s is refused with all of its segment', async (_name, change, code) => {
    const { ada, orchestrator } = lab()
    const station = await register(ada)
    const [first, second] = anAuditChain(station.device, 2) as [AuditEntry, AuditEntry]
    const answer = await station.client.problem('appendAudit', segment(station, [first, AuditEntrySchema.parse(change(second))]))
    expect(answer).toMatchObject({ status: 422, code })
    expect(await orchestrator.auditHead(station.device.deviceId)).toBeUndefined()
  })

  test('a chain that another key signed, or of a device that is not one\'s own, is refused', async () => {
    const { ada, ben } = lab()
    const station = await register(ada)
    const forged = anAuditChain({ ...aDevice(), deviceId: station.device.deviceId }, 1)
    expect((await station.client.problem('appendAudit', segment(station, forged))).code).toBe('signatureInvalid')
    expect((await ben.client.problem('appendAudit', segment(station, anAuditChain(station.device, 1)))).status).toBe(403)
  })
}
