import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import Papa from 'papaparse'
import type { AuditFilter, AuditKey } from '../../../shared/rpc/auditSearch.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import type { Clock } from '../sync/ports.ts'
import { auditPage } from './auditSearch.ts'
import { instantNow } from './context.ts'

const PAGE = 500
const COLUMNS = ['time', 'person', 'device', 'epoch', 'number', 'kind', 'task', 'taskName', 'acknowledged', 'hash'] as const

/**
 * Writes the events that a filter lets through, newest first, as CSV (RFC 4180; cells that a spreadsheet would compute are quoted). The file appears when it is
 * whole. @returns its path and how many events it holds. @throws the signal's reason; Error when it cannot be written.
 */
export async function exportAuditCsv({ db, clock }: { db: WorkDatabase; clock: Clock }, directory: string, filter: AuditFilter, onProgress: (events: number) => void, signal: AbortSignal): Promise<{ file: string; events: number }> {
  const path = join(directory, `fieldmark-audit-${instantNow(clock).replaceAll(':', '-').replace(/\..*$/, '')}.csv`)
  const part = `${path}.part`
  const file = await open(part, 'w', 0o600)
  try {
    const events = await writeEvents(db, file, filter, onProgress, signal)
    await file.sync()
    await file.close()
    await rename(part, path)
    return { file: path, events }
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(part, { force: true })
    throw error
  }
}

async function writeEvents(db: WorkDatabase, file: FileHandle, filter: AuditFilter, onProgress: (events: number) => void, signal: AbortSignal): Promise<number> {
  const write = (rows: readonly (readonly unknown[])[]) => file.appendFile(`${Papa.unparse([...rows] as unknown[][], { escapeFormulae: true })}\r\n`)
  await write([COLUMNS])
  let count = 0
  for (let after: AuditKey | undefined; ;) {
    const { events, next } = auditPage(db, filter, after, PAGE)
    if (events.length > 0) {
      await write(events.map(({ wall, actor, device, epoch, seq, type, taskId, taskName, acknowledged, hash }) => [wall, actor ?? '', device, epoch, seq, type, taskId ?? '', taskName ?? '', acknowledged, hash]))
    }
    onProgress(count += events.length)
    if (next === undefined) return count
    after = next
    await nextTurn(undefined, { signal })
  }
}
