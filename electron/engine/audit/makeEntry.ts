import type { AuditEntry, AuditPayload, AuditType } from '../../../shared/domain/auditEvent.ts'
import type { DeviceId, Instant, Sha256 } from '../../../shared/domain/ids.ts'
import type { DeviceKey } from './deviceKey.ts'
import { entryHash, NO_ENTRY, payloadHash } from './hashing.ts'

/** Where a chain ends: `seq` is 0 and `hash` undefined before its first entry. */
interface ChainEnd { device: DeviceId; epoch: number; seq: number; hash: Sha256 | undefined }

/** The next entry of a chain, hashed and signed. */
export function makeEntry(key: DeviceKey, end: ChainEnd, type: AuditType, payload: AuditPayload, time: { wall: Instant; monotonicMs: number }): AuditEntry {
  const fields = { device: end.device, epoch: end.epoch, seq: end.seq + 1, prev: end.hash ?? NO_ENTRY, type, payloadHash: payloadHash(payload), ...time }
  const hash = entryHash(fields)
  return { ...fields, payload, hash, signature: key.sign(Buffer.from(hash, 'hex')) }
}
