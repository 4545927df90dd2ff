import { createHash, verify, type KeyObject } from 'node:crypto'
import { AUDIT_ENTRY_DOMAIN, AUDIT_PAYLOAD_DOMAIN } from '../../../shared/domain/auditEvent.ts'
import type { AuditEntry, AuditPayload } from '../../../shared/domain/auditEvent.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'

/** What comes before the first entry of an epoch. */
export const GENESIS = '0'.repeat(64)

/** The two hashes of an audit entry as shared/domain/auditEvent.ts defines them, lower-case hexadecimal. */
export function auditPayloadHash(payload: AuditPayload): string {
  return hash(AUDIT_PAYLOAD_DOMAIN, payload)
}

export function auditEntryHash({ device, epoch, seq, prev, type, payloadHash, wall, monotonicMs }: AuditEntry): string {
  return hash(AUDIT_ENTRY_DOMAIN, { device, epoch, seq, prev, type, payloadHash, wall, monotonicMs })
}

/** Whether the device whose key this is signed the entry's hash. */
export function isSignedBy(publicKey: KeyObject, entry: AuditEntry): boolean {
  return verify(null, Buffer.from(entry.hash, 'hex'), publicKey, Buffer.from(entry.signature, 'base64'))
}

function hash(domain: string, value: unknown): string {
  return createHash('sha256').update(`${domain}\n${canonicalJson(value)}`).digest('hex')
}
