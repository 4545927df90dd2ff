import type { AuditFilter, AuditKey } from '../../../../shared/rpc/auditSearch.ts'
import type { AuditFault } from '../../../../shared/rpc/history.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** The tables that hold chains, of this device and of others; each has the columns and indexes of `audit`. */
const TABLES = ['audit', 'remote_audit'] as const
type AuditTable = (typeof TABLES)[number]

/** An event's place, and where its row is. */
interface Found extends AuditKey { rowid: number; table: AuditTable }
export interface FoundEvent extends AuditKey { type: string; actor: string; taskId: string | null; hash: string; fault: AuditFault['kind'] | null }

/** Events of one kind by one person on one device, or of all: newest first, each stream by one seek in an index. */
interface Stream { table: AuditTable; where: string; parameters: unknown[]; device: string | undefined }
interface Facet { actor: string; device: string; type: string }

/** Before every time and after it. */
const [EARLIEST, LATEST] = ['', '~']
const FEW = 8
const LAST_NUMBER = Number.MAX_SAFE_INTEGER

/**
 * A page of the events that a filter lets through, newest first, and the ones after `after` if it is given. However rare or deep they are, a page takes one
 * seek for each combination of person, device and kind in question (there are few), because the index has them one after the other.
 */
export function searchAudit(db: WorkDatabase, filter: AuditFilter, after: AuditKey | undefined, limit: number): FoundEvent[] {
  const streams = streamsOf(db, filter)
  const from = after ?? { wall: filter.until ?? LATEST, device: '', epoch: 0, seq: 0 }
  // Of many streams most give a page nothing, or a row or two.
  const portion = streams.length > FEW ? 2 : limit
  const heads = streams.map((stream) => new Head(db, stream, filter.since ?? EARLIEST, from, portion))
  const found: Found[] = []
  while (found.length < limit) {
    const head = newestOf(heads)
    const event = head?.take()
    if (event === undefined) break
    found.push(event)
  }
  return found.map((event) => readEvent(db, event))
}

/** The combinations of person, device and kind that there are; each is found by one seek. */
export function auditFacets(db: WorkDatabase): Facet[] {
  return TABLES.flatMap((table) => facetsOf(db, table))
}

interface KnownFacets { upTo: number; facets: Facet[] }
/** The combinations that were found, and the row up to which: rows are only ever appended while a database is open, or all go at once. */
const known = new WeakMap<WorkDatabase, Map<AuditTable, KnownFacets>>()

function facetsOf(db: WorkDatabase, table: AuditTable): Facet[] {
  const tables = known.get(db) ?? new Map<AuditTable, KnownFacets>()
  known.set(db, tables)
  const upTo = sql<{ last: number | null }>(db, `SELECT max(rowid) AS last FROM ${table}`).get()?.last ?? 0
  const before = tables.get(table)
  if (before?.upTo === upTo) return before.facets
  const facets = before === undefined || upTo < before.upTo ? allFacets(db, table) : withNewer(before.facets, sql<Facet>(db, `SELECT DISTINCT actor, device, type FROM ${table} WHERE rowid > ?`).all(before.upTo))
  tables.set(table, { upTo, facets })
  return facets
}

function withNewer(facets: readonly Facet[], newer: readonly Facet[]): Facet[] {
  const nameOf = ({ actor, device, type }: Facet) => JSON.stringify([actor, device, type])
  const there = new Set(facets.map(nameOf))
  return [...facets, ...newer.filter((facet) => !there.has(nameOf(facet)))]
}

/** From one to the next by a seek each: SQLite would walk along the rows between two of them to compare all three at once. */
function allFacets(db: WorkDatabase, table: AuditTable): Facet[] {
  const next = (where: string) => sql<Facet>(db, `SELECT actor, device, type FROM ${table} WHERE ${where} ORDER BY actor, device, type LIMIT 1`)
  const [first, nextType, nextDevice, nextActor] = [next('TRUE'), next('actor = ? AND device = ? AND type > ?'), next('actor = ? AND device > ?'), next('actor > ?')]
  const facets: Facet[] = []
  for (let facet = first.get(); facet !== undefined;) {
    facets.push(facet)
    const { actor, device, type } = facet
    facet = nextType.get(actor, device, type) ?? nextDevice.get(actor, device) ?? nextActor.get(actor)
  }
  return facets
}

function streamsOf(db: WorkDatabase, { actors, devices, types, taskId }: AuditFilter): Stream[] {
  const isIn = (list: readonly string[], value: string) => list.length === 0 || list.includes(value)
  const anyOf = (column: string, list: readonly string[]) => (list.length === 0 ? '' : ` AND ${column} IN (${list.map(() => '?').join(', ')})`)
  return TABLES.flatMap((table): Stream[] => {
    if (taskId !== undefined) {
      const where = `task_id = ?${anyOf('actor', actors)}${anyOf('device', devices)}${anyOf('type', types)}`
      return [{ table, where, parameters: [taskId, ...actors, ...devices, ...types], device: undefined }]
    }
    if (actors.length + devices.length + types.length === 0) return [{ table, where: 'TRUE', parameters: [], device: undefined }]
    return facetsOf(db, table).filter(({ actor, device, type }) => isIn(actors, actor) && isIn(devices, device) && isIn(types, type))
      .map(({ actor, device, type }) => ({ table, where: 'actor = ? AND device = ? AND type = ?', parameters: [actor, device, type], device }))
  })
}

/** Reads along a stream, each time twice as many rows as before. */
class Head {
  readonly #read: (below: AuditKey) => Found[]
  #portion: number
  #rows: Found[]
  #place = 0

  constructor(db: WorkDatabase, { table, where, parameters, device }: Stream, since: string, from: AuditKey, portion: number) {
    this.#portion = portion
    // A stream of one device is in the order of an index that does not name the device again.
    const columns = device === undefined ? 'wall, device, epoch, seq' : 'wall, epoch, seq'
    const query = sql<Omit<Found, 'table'>>(db, `SELECT rowid, wall, device, epoch, seq FROM ${table} WHERE ${where} AND wall >= ? AND (${columns}) < (${columns.replaceAll(/\w+/g, '?')})
      ORDER BY ${columns.replaceAll(/\w+/g, '$& DESC')} LIMIT ?`)
    const bounds = ({ wall, device: atDevice, epoch, seq }: AuditKey) => (device === undefined ? [wall, atDevice, epoch, seq] : [wall, ...withinDevice(device, atDevice, epoch, seq)])
    this.#read = (below) => query.all(...parameters, since, ...bounds(below), this.#portion).map((row) => ({ ...row, table }))
    this.#rows = this.#read(from)
  }

  get next(): Found | undefined {
    return this.#rows[this.#place]
  }

  take(): Found | undefined {
    const taken = this.next
    this.#place += 1
    if (taken !== undefined && this.#place === this.#portion) {
      this.#portion *= 2
      this.#rows = this.#read(taken)
      this.#place = 0
    }
    return taken
  }
}

/** The (epoch, seq) below which the events of a device come after a place at the same time. */
function withinDevice(device: string, atDevice: string, epoch: number, seq: number): [epoch: number, seq: number] {
  if (device === atDevice) return [epoch, seq]
  return device < atDevice ? [LAST_NUMBER, LAST_NUMBER] : [-1, -1]
}

function newestOf(heads: readonly Head[]): Head | undefined {
  let newest: Head | undefined
  for (const head of heads) {
    if (head.next !== undefined && (newest?.next === undefined || isNewer(head.next, newest.next))) newest = head
  }
  return newest
}

function isNewer(one: AuditKey, other: AuditKey): boolean {
  if (one.wall !== other.wall) return one.wall > other.wall
  if (one.device !== other.device) return one.device > other.device
  return one.epoch === other.epoch ? one.seq > other.seq : one.epoch > other.epoch
}

function readEvent(db: WorkDatabase, { table, rowid, wall, device, epoch, seq }: Found): FoundEvent {
  const row = sql<Omit<FoundEvent, keyof AuditKey>>(db, `SELECT type, actor, task_id AS taskId, hash, ${table === 'audit' ? 'NULL' : 'fault'} AS fault FROM ${table} WHERE rowid = ?`).get(rowid)
  if (row === undefined) throw new Error(`No audit entry in row ${rowid} of ${table}`)
  return { wall, device, epoch, seq, ...row }
}
