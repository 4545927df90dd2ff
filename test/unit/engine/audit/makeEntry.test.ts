import { createHash, verify } from 'node:crypto'
import { expect, it } from 'vitest'
import { join } from 'node:path'
import { openDeviceKey } from '../../../../electron/engine/audit/deviceKey.ts'
import { makeEntry } from '../../../../electron/engine/audit/makeEntry.ts'
import { AuditEntrySchema } from '../../../../shared/domain/auditEvent.ts'
import { DeviceIdSchema, InstantSchema } from '../../../../shared/domain/ids.ts'
import { taskId } from '../../../builders/records.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

it('hashes and signs by the definition, written out here once more', () => {
  const key = openDeviceKey(join(temporaryFolder(), 'device-key.pem'))
  const end = { device: DeviceIdSchema.parse('dev'), epoch: 2, seq: 0, hash: undefined }
  const entry = makeEntry(key, end, 'submitted', { taskId: taskId('t'), details: { b: 1, a: [true] } }, { wall: InstantSchema.parse('2026-01-01T00:00:00.000Z'), monotonicMs: 1.5 })
  const payloadHash = hash('fieldmark.audit-payload/1\n{"details":{"a":[true],"b":1},"taskId":"t"}')
  const expected = hash(`fieldmark.audit/1\n{"device":"dev","epoch":2,"monotonicMs":1.5,"payloadHash":"${payloadHash}","prev":"${'0'.repeat(64)}","seq":1,"type":"submitted","wall":"2026-01-01T00:00:00.000Z"}`)
  expect(entry).toMatchObject({ seq: 1, prev: '0'.repeat(64), payloadHash, hash: expected })
  expect(verify(null, Buffer.from(expected, 'hex'), key.publicKey, Buffer.from(entry.signature, 'base64'))).toBe(true)
  expect(AuditEntrySchema.parse(entry)).toEqual(entry)
  const next = makeEntry(key, { ...end, seq: 1, hash: entry.hash }, 'skipped', { details: {} }, { wall: entry.wall, monotonicMs: 2 })
  expect(next).toMatchObject({ seq: 2, prev: entry.hash })
})
