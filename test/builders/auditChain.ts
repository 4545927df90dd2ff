import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { AUDIT_ENTRY_DOMAIN, AUDIT_PAYLOAD_DOMAIN, AuditEntrySchema } from '../../shared/domain/auditEvent.ts'
import type { AuditEntry } from '../../shared/domain/auditEvent.ts'
import { canonicalJson } from '../../shared/domain/canonicalJson.ts'
import { DeviceIdSchema } from '../../shared/domain/ids.ts'
import type { DeviceId } from '../../shared/domain/ids.ts'

/** A device with an Ed25519 key. `sign` answers base64. */
export interface TestDevice {
  deviceId: DeviceId
  /** SPKI in PEM. */
  publicKey: string
  sign(bytes: Uint8Array): string
}

export function aDevice(id: string = randomUUID()): TestDevice {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    deviceId: DeviceIdSchema.parse(id),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64'),
  }
}

export interface ChainOptions {
  epoch?: number
  /** The entry that the chain goes on from. */
  after?: AuditEntry
  /** Told apart in the payloads, so that two chains differ. */
  note?: string
}

/** A chain of `length` signed entries. It follows the definition in words, apart from the code that it tests. */
export function anAuditChain(device: TestDevice, length: number, { epoch = 1, after, note = 'a' }: ChainOptions = {}): AuditEntry[] {
  const entries: AuditEntry[] = []
  for (let before = after; entries.length < length; before = entries.at(-1)) {
    const seq = (before?.seq ?? 0) + 1
    const payload = { details: { note, seq } }
    const fields = {
      device: device.deviceId, epoch, seq, prev: before?.hash ?? '0'.repeat(64), type: 'exported', payloadHash: hash(AUDIT_PAYLOAD_DOMAIN, payload),
      wall: new Date(Date.UTC(2026, 0, 1, 0, 0, seq)).toISOString(), monotonicMs: seq * 1000.5,
    }
    const entryHash = hash(AUDIT_ENTRY_DOMAIN, fields)
    entries.push(AuditEntrySchema.parse({ ...fields, payload, hash: entryHash, signature: device.sign(Buffer.from(entryHash, 'hex')) }))
  }
  return entries
}

function hash(domain: string, value: object): string {
  return createHash('sha256').update(`${domain}\n${canonicalJson(value)}`).digest('hex')
}
