import { z } from 'zod'
import { AUDIT_CHECKPOINT_DOMAIN } from '../../../shared/domain/auditEvent.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import { DeviceIdSchema, InstantSchema, Sha256Schema } from '../../../shared/domain/ids.ts'
import type { DeviceId, Instant, Sha256 } from '../../../shared/domain/ids.ts'
import type { DeviceKey } from './deviceKey.ts'

/**
 * The device's own signed word how far its chain went. Kept apart from the chain, it shows an end that was cut off also where no server ever gave
 * a receipt. The signature is Ed25519, base64, over AUDIT_CHECKPOINT_DOMAIN + "\n" + canonical JSON of the other fields.
 */
export const AuditCheckpointSchema = z.object({
  device: DeviceIdSchema, epoch: z.int().positive(), size: z.int().positive(), head: Sha256Schema, wall: InstantSchema, signature: z.string(),
})
export type AuditCheckpoint = z.infer<typeof AuditCheckpointSchema>

/** Signs where the chain ends. */
export function makeCheckpoint(key: DeviceKey, { device, epoch, seq, hash }: { device: DeviceId; epoch: number; seq: number; hash: Sha256 }, wall: Instant): AuditCheckpoint {
  const statement = { device, epoch, size: seq, head: hash, wall }
  return { ...statement, signature: key.sign(Buffer.from(`${AUDIT_CHECKPOINT_DOMAIN}\n${canonicalJson(statement)}`)) }
}
