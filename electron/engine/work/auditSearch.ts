import type { AuditEvent, AuditFacets, AuditFilter, AuditKey, AuditPage } from '../../../shared/rpc/auditSearch.ts'
import { auditEntryCount, auditEpochs } from '../db/repositories/auditLog.ts'
import { remoteDevices, remoteEntryCount } from '../db/repositories/remoteAudit.ts'
import { auditFacets, searchAudit } from '../db/repositories/auditSearch.ts'
import type { FoundEvent } from '../db/repositories/auditSearch.ts'
import { taskNames } from '../db/repositories/tasks.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { acknowledgedSizes } from './auditChains.ts'

/** A page of events, newest first, with what is known of their tasks and of the server's receipts. */
export function auditPage(db: WorkDatabase, filter: AuditFilter, after: AuditKey | undefined, limit: number): AuditPage {
  const found = searchAudit(db, filter, after, limit + 1)
  const shown = found.slice(0, limit)
  const names = taskNames(db, shown.flatMap(({ taskId }) => taskId ?? []))
  const acknowledged = acknowledgedSizes(db)
  const last = shown.at(-1)
  return {
    events: shown.map((event) => toEvent(event, names, acknowledged.get(`${event.device} ${event.epoch}`) ?? 0)),
    ...(found.length > limit && last !== undefined && { next: { wall: last.wall, device: last.device, epoch: last.epoch, seq: last.seq } }),
  }
}

function toEvent({ actor, taskId, fault, ...event }: FoundEvent, names: ReadonlyMap<string, string>, acknowledged: number): AuditEvent {
  const taskName = taskId === null ? undefined : names.get(taskId)
  return { ...event, ...(fault !== null && { fault }), ...(actor !== '' && { actor }), ...(taskId !== null && { taskId }), ...(taskName !== undefined && { taskName }), acknowledged: event.seq <= acknowledged }
}

/** Whom, what and where the log speaks of. */
export function auditFacetsOf(db: WorkDatabase): AuditFacets {
  const facets = auditFacets(db)
  const own = new Set<string>(auditEpochs(db).map(({ device }) => device))
  const others = new Map(remoteDevices(db).map(({ device, owner, name }) => [device, { owner, name }]))
  const unique = (values: readonly string[]) => [...new Set(values)].sort()
  return {
    total: auditEntryCount(db) + remoteEntryCount(db),
    actors: unique(facets.map(({ actor }) => actor)), types: unique(facets.map(({ type }) => type)),
    devices: unique(facets.map(({ device }) => device)).map((device) => ({ device, isThis: own.has(device), ...others.get(device) })),
  }
}
