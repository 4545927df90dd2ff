import { createHash } from 'node:crypto'
import { AuditDeviceSchema, HeldAuditEntrySchema } from '../../../shared/api/messages.ts'
import type { HeldAuditEntry } from '../../../shared/api/messages.ts'
import { mayReview } from '../../../shared/domain/role.ts'
import { parseJson } from '../db/records.ts'
import type { Database } from '../db/tables.ts'
import type { Handler } from '../http/endpointTypes.ts'
import { forbidden } from '../http/problems.ts'
import { auditReceipt } from './audit.ts'
import { readCursor, writeCursor } from './pullCursor.ts'

/** A page of the audit entries of everybody who shares a project with the reviewer, in order of arrival. */
export const auditFeed: Handler<'auditFeed'> = async (services, { query, caller }) => {
  const { db } = services
  if (!mayReview(caller.roles)) throw forbidden('The audit entries of others are for reviewers')
  const colleagues = await colleaguesOf(db, caller.userId)
  const { epoch } = await db.selectFrom('serverState').select('epoch').executeTakeFirstOrThrow()
  const newest = await db.selectFrom('auditEntries').select(({ fn }) => fn.max('arrival').as('arrival')).executeTakeFirst()
  // What somebody new among them did before would be missed by who goes on from where they are.
  const present = { epoch: `${epoch} ${fingerprint(colleagues)}`, user: caller.userId, seq: newest?.arrival ?? 0 }
  const cursor = readCursor(query.cursor, present)
  const rows = await db.selectFrom('auditEntries').innerJoin('devices', 'devices.id', 'auditEntries.device')
    .where('devices.userId', 'in', colleagues.length === 0 ? [''] : colleagues).where('arrival', '>', cursor.seq)
    .select(['arrival', 'entry', 'device']).orderBy('arrival').limit(query.limit + 1).execute()
  const page = rows.slice(0, query.limit)
  const entries = page.map(({ entry }) => HeldAuditEntrySchema.parse(parseJson(entry)))
  return {
    cursor: writeCursor({ ...cursor, seq: page.at(-1)?.arrival ?? cursor.seq }), more: rows.length > page.length, entries,
    devices: await devicesOf(db, [...new Set(page.map(({ device }) => device))]),
    receipts: [...lastOfEachChain(entries)].map(({ device, epoch: ofDevice, hash, seq }) => auditReceipt(services, { device, epoch: ofDevice, head: hash, size: seq })),
  }
}

async function colleaguesOf(db: Database, userId: string): Promise<string[]> {
  const rows = await db.selectFrom('projectMembers as own').innerJoin('projectMembers as other', 'other.projectId', 'own.projectId')
    .where('own.userId', '=', userId).select('other.userId').distinct().orderBy('other.userId').execute()
  return rows.map((row) => row.userId)
}

function fingerprint(people: readonly string[]): string {
  return createHash('sha256').update(people.join('\n')).digest('hex').slice(0, 16)
}

async function devicesOf(db: Database, ids: readonly string[]) {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('devices').selectAll().where('id', 'in', ids).orderBy('id').execute()
  return rows.map(({ id: deviceId, userId: owner, name, publicKey }) => AuditDeviceSchema.parse({ deviceId, owner, name, publicKey }))
}

function lastOfEachChain(entries: readonly HeldAuditEntry[]): Iterable<HeldAuditEntry> {
  const last = new Map<string, HeldAuditEntry>()
  for (const entry of entries) {
    const chain = `${entry.device} ${entry.epoch}`
    if (entry.seq >= (last.get(chain)?.seq ?? 0)) last.set(chain, entry)
  }
  return last.values()
}
