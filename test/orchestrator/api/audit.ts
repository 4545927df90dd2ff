import { createPublicKey } from 'node:crypto'
import type { AuditSegment } from '../../../shared/api/messages.ts'
import { AuditReceiptSchema } from '../../../shared/domain/auditEvent.ts'
import type { AuditEntry, AuditReceipt } from '../../../shared/domain/auditEvent.ts'
import { AUDIT_RECEIPT_DOMAIN } from '../../../shared/domain/receipt.ts'
import { inWrite } from '../db/open.ts'
import type { Trx } from '../db/tables.ts'
import type { Handler } from '../http/endpointTypes.ts'
import { conflict, forbidden, invalid, ProblemError } from '../http/problems.ts'
import { instantOf } from '../../../shared/domain/ids.ts'
import type { Services } from '../http/services.ts'
import { auditEntryHash, auditPayloadHash, GENESIS, isSignedBy } from './auditHashes.ts'

interface Fork {
  entry: AuditEntry
  heldHash: string
}

/** Appends to a device's chain after verifying it. What is held already is skipped; what contradicts it is recorded as a fork and refused. */
export const appendAudit: Handler<'appendAudit'> = async (services, { body: segment, caller }) => {
  const device = await services.db.selectFrom('devices').selectAll().where('id', '=', segment.device).executeTakeFirst()
  if (!device || device.userId !== caller.userId) throw forbidden('This device is not registered for you')
  assertChain(segment, device.publicKey)
  const result = await inWrite(services.db, (trx) => append(services, trx, segment))
  services.webhooks.wake()
  if ('head' in result) return result
  throw new ProblemError(409, 'auditFork', 'The chain contradicts what is held; both are kept', { seq: result.entry.seq, heldHash: result.heldHash })
}

function assertChain({ device, epoch, entries }: AuditSegment, publicKeyPem: string): void {
  const publicKey = createPublicKey(publicKeyPem)
  let before: AuditEntry | undefined
  for (const entry of entries) {
    const at = `Entry ${entry.seq}`
    if (entry.device !== device || entry.epoch !== epoch) throw invalid(`${at} is of another chain`)
    if (before && entry.seq !== before.seq + 1) throw invalid(`${at} does not follow entry ${before.seq}`)
    if (before && entry.prev !== before.hash) throw invalid(`${at} does not link to the entry before it`)
    if (entry.seq === 1 && entry.prev !== GENESIS) throw invalid('Entry 1 must link to zeros')
    if (auditPayloadHash(entry.payload) !== entry.payloadHash) throw invalid(`${at}: its payload does not have the payloadHash`)
    if (auditEntryHash(entry) !== entry.hash) throw invalid(`${at}: its fields do not have the hash`)
    if (!isSignedBy(publicKey, entry)) throw new ProblemError(422, 'signatureInvalid', `${at} is not signed by the device's key`)
    before = entry
  }
}

async function append(services: Services, trx: Trx, { device, epoch, entries }: AuditSegment): Promise<AuditReceipt | Fork> {
  const held = await trx.selectFrom('auditEntries').select(['seq', 'hash']).where('device', '=', device).where('epoch', '=', epoch)
    .where('seq', '>=', (entries[0]?.seq ?? 1) - 1).orderBy('seq').execute()
  const hashes = new Map(held.map(({ seq, hash }) => [seq, hash]))
  const last = await trx.selectFrom('auditEntries').select(({ fn }) => fn.max('seq').as('size')).where('device', '=', device).where('epoch', '=', epoch).executeTakeFirst()
  const size = last?.size ?? 0
  const fork = findFork(entries, hashes)
  if (fork) return keepEvidence(services, trx, fork)
  const fresh = entries.filter((entry) => entry.seq > size)
  if (fresh[0] && fresh[0].seq !== size + 1) throw conflict(`The chain goes on at entry ${size + 1}`, { size })
  const receivedAt = instantOf(services.now())
  if (fresh.length > 0) {
    const newest = await trx.selectFrom('auditEntries').select(({ fn }) => fn.max('arrival').as('arrival')).executeTakeFirst()
    const first = (newest?.arrival ?? 0) + 1
    await trx.insertInto('auditEntries')
      .values(fresh.map((entry, index) => ({ device, epoch, seq: entry.seq, hash: entry.hash, entry: JSON.stringify(entry), receivedAt, arrival: first + index }))).execute()
  }
  const head = fresh.at(-1)?.hash ?? hashes.get(size)
  return auditReceipt(services, { device, epoch, head, size: fresh.at(-1)?.seq ?? size })
}

/** The signed word for the first `size` entries of a chain. */
export function auditReceipt({ keys, now }: Services, chain: Record<'device' | 'epoch' | 'head' | 'size', unknown>): AuditReceipt {
  const statement = AuditReceiptSchema.omit({ signature: true }).parse({ ...chain, serverTime: instantOf(now()), serverKeyId: keys.serverKeyId })
  return { ...statement, signature: keys.signStatement(AUDIT_RECEIPT_DOMAIN, statement) }
}

function findFork(entries: readonly AuditEntry[], held: ReadonlyMap<number, string>): Fork | undefined {
  for (const entry of entries) {
    const same = held.get(entry.seq)
    if (same !== undefined && same !== entry.hash) return { entry, heldHash: same }
    const before = held.get(entry.seq - 1)
    if (before !== undefined && before !== entry.prev) return { entry, heldHash: before }
  }
  return undefined
}

async function keepEvidence(services: Services, trx: Trx, { entry, heldHash }: Fork): Promise<Fork> {
  const { device, epoch, seq, hash: offeredHash } = entry
  const { numInsertedOrUpdatedRows } = await trx.insertInto('auditForks')
    .values({ device, epoch, seq, heldHash, offeredHash, offered: JSON.stringify(entry), seenAt: instantOf(services.now()) })
    .onConflict((conflicting) => conflicting.columns(['device', 'epoch', 'seq', 'offeredHash']).doNothing()).executeTakeFirst()
  if (numInsertedOrUpdatedRows === 1n) {
    await services.webhooks.enqueue(trx, { type: 'audit.forked', data: { device, epoch, seq, heldHash, offeredHash } })
  }
  return { entry, heldHash }
}
