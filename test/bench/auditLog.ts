import { mkdirSync } from 'node:fs'
import { openContext } from '../../electron/engine/openContext.ts'
import type { WorkContext } from '../../electron/engine/work/context.ts'
import { searchAudit } from '../../electron/engine/db/repositories/auditSearch.ts'
import { makeEntry } from '../../electron/engine/audit/makeEntry.ts'
import { auditHead, insertAuditEntry, insertAuditEpoch } from '../../electron/engine/db/repositories/auditLog.ts'
import { inTransaction } from '../../electron/engine/db/transaction.ts'
import { verifyStoredAudit } from '../../electron/engine/work/verifyStoredAudit.ts'
import { AuditTypeSchema } from '../../shared/domain/auditEvent.ts'
import { canonicalJson } from '../../shared/domain/canonicalJson.ts'
import { DeviceIdSchema, instantOf, TaskIdSchema, UserIdSchema } from '../../shared/domain/ids.ts'
import { AuditFilterSchema } from '../../shared/rpc/auditSearch.ts'
import type { AuditKey } from '../../shared/rpc/auditSearch.ts'
import type { RequestOf } from '../../shared/rpc/channels.ts'
import { inTurns, timed } from './comparison.ts'
import type { Comparison } from './comparison.ts'

const DEVICES = 20
const PEOPLE = 25
const ROUNDS = 30
const PAGE = 100
const BATCH = 20_000
const START = Date.parse('2026-01-01T00:00:00.000Z')

const FILTERS: Record<string, NonNullable<RequestOf<'audit.events'>['filter']>> = {
  'no filter': {},
  'one person': { actors: ['person-3'] },
  'one kind': { types: ['submitted'] },
  'a person, a device and a kind': { actors: ['person-3'], devices: ['device-7'], types: ['submitted'] },
  'a rare kind': { types: ['serverEpochChanged'] },
  'kinds and people that never met': { actors: ['person-1', 'person-2'], types: ['serverEpochChanged'] },
  'a task': { taskId: TaskIdSchema.parse('task-77') },
  'a kind within a month': { types: ['submitted', 'skipped'], since: instantOf(START + 30 * 86_400_000), until: instantOf(START + 60 * 86_400_000) },
}

/** Pages of a log of so many events by 25 people on 20 devices, at the start and as deep as it goes, and the verification of all of it. */
export async function auditLog(folder: string, events: number): Promise<Comparison[]> {
  mkdirSync(folder, { recursive: true })
  const { context } = openContext(folder)
  const filled = await timed(() => { fill(context, events) })
  console.log(`${events} signed events written in ${(filled / 1000).toFixed(0)} s`)
  const comparisons: Comparison[] = []
  for (const [name, given] of Object.entries(FILTERS)) {
    const filter = AuditFilterSchema.parse(given)
    const keys = [undefined, ...[0.5, 0.95].map((share): AuditKey => ({ wall: instantOf(START + (1 - share) * events * SPACING), device: '', epoch: 0, seq: 0 }))]
    const bare = context.db.prepare('SELECT * FROM audit ORDER BY rowid DESC LIMIT ?')
    const times = await inTurns(ROUNDS, (round) => timed(() => searchAudit(context.db, filter, keys[round % keys.length], PAGE)), () => timed(() => bare.all(PAGE)))
    comparisons.push({ name: `audit events, ${name}`, fieldmark: times.fieldmark, floor: { name: `SELECT * … LIMIT ${PAGE} along the primary key`, times: times.floor }, goal: { kind: 'slowestWithin', ms: 100 } })
  }
  comparisons.push(await verification(context, events))
  context.db.close()
  return comparisons
}

/** The floor is what an engine that is free needs for the same question. */
async function verification(context: WorkContext, events: number): Promise<Comparison> {
  const question = () => timed(() => searchAudit(context.db, AuditFilterSchema.parse({}), undefined, PAGE))
  const free: number[] = []
  for (let round = 0; round < ROUNDS; round++) free.push(await question())
  const holds: number[] = []
  let last = performance.now()
  const beat = setInterval(() => {
    const now = performance.now()
    holds.push(now - last)
    last = now
  })
  let faults = 0
  const taken = await timed(async () => { faults = (await verifyStoredAudit(context.db, () => undefined, new AbortController().signal)).faultCount })
  clearInterval(beat)
  if (faults > 0) throw new Error(`The log of the benchmark has ${faults} faults`)
  console.log(`Verified ${events} events in ${(taken / 1000).toFixed(0)} s: ${Math.round(events / (taken / 1000))} a second`)
  return { name: 'turns of the engine while it verifies', fieldmark: holds, floor: { name: 'a page of the free engine', times: free }, goal: { kind: 'slowestWithin', ms: 100 } }
}

/** Milliseconds between two events: a million of them take most of a year. */
const SPACING = 25_000

function fill(context: WorkContext, events: number): void {
  const { db, key } = context
  const kinds = AuditTypeSchema.options
  const own = auditHead(db)
  const heads = Array.from({ length: DEVICES }, (_, number) => {
    const [device, epoch] = [DeviceIdSchema.parse(`device-${number}`), own.epoch + 1 + number]
    insertAuditEpoch(db, { epoch, device, publicKey: key.publicKey, startedAt: instantOf(START), reason: 'firstStart' })
    return { device, epoch, seq: 0, hash: own.hash }
  })
  for (let done = 0; done < events; done += BATCH) {
    inTransaction(db, () => {
      for (let number = done; number < Math.min(events, done + BATCH); number++) {
        const head = heads[number % DEVICES]
        const type = number % 100_000 === 0 ? 'serverEpochChanged' : kinds[(number * 7) % (kinds.length - 1)] ?? 'submitted'
        if (head === undefined) continue
        const payload = { taskId: TaskIdSchema.parse(`task-${number % 20_011}`), actor: UserIdSchema.parse(`person-${(number * 13) % PEOPLE}`), details: { number, note: 'as long as a usual one is, more or less, with its ids and hashes' } }
        const entry = makeEntry(key, { ...head, hash: head.seq === 0 ? undefined : head.hash }, type, payload, { wall: instantOf(START + number * SPACING), monotonicMs: number })
        insertAuditEntry(db, entry, canonicalJson(payload))
        Object.assign(head, { seq: entry.seq, hash: entry.hash })
      }
    })
  }
}
