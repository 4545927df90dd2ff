import { createHash } from 'node:crypto'
import { AUDIT_ENTRY_DOMAIN, AUDIT_PAYLOAD_DOMAIN } from '../../../shared/domain/auditEvent.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import { Sha256Schema } from '../../../shared/domain/ids.ts'
import type { Sha256 } from '../../../shared/domain/ids.ts'

/** What `prev` holds in the first entry of an epoch. */
export const NO_ENTRY = Sha256Schema.parse('0'.repeat(64))

/** SHA-256 in lower-case hexadecimal. */
export function sha256(bytes: string | Uint8Array): Sha256 {
  return Sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
}

/** SHA-256 of a value's canonical JSON, told apart from other uses of the same hash by `domain`. */
function domainHash(domain: string, value: unknown): Sha256 {
  return sha256(`${domain}\n${canonicalJson(value)}`)
}

/** The fields of an entry that its hash covers. */
interface HashedFields {
  device: string; epoch: number; seq: number; prev: string; type: string; payloadHash: string; wall: string; monotonicMs: number
}

/** The hash of an audit entry; see `AuditEntrySchema`. */
export function entryHash({ device, epoch, seq, prev, type, payloadHash, wall, monotonicMs }: HashedFields): Sha256 {
  return domainHash(AUDIT_ENTRY_DOMAIN, { device, epoch, seq, prev, type, payloadHash, wall, monotonicMs })
}

/** The hash of an audit payload. */
export function payloadHash(payload: unknown): Sha256 {
  return domainHash(AUDIT_PAYLOAD_DOMAIN, payload)
}
