import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AUDIT_EXPORT_FORMAT } from '../../../shared/domain/auditEvent.ts'
import type { AuditReceipt } from '../../../shared/domain/auditEvent.ts'
import type { ServerKeyId } from '../../../shared/domain/ids.ts'
import type { AuditCheckpoint } from './checkpoint.ts'
import type { UncheckedEntry } from './checkEntries.ts'

/** One unbroken chain of one device as it is exported; `size` entries of it are written. */
interface ExportedEpoch { epoch: number; device: string; publicKey: string; startedAt: string; reason: string; acknowledged: number; forkedAt: string | null; size: number }

export interface AuditExportSource {
  exportedAt: string
  epochs: readonly ExportedEpoch[]
  receipts: readonly AuditReceipt[]
  /** Where the device says that its newest chain ends. */
  checkpoint: AuditCheckpoint
  /** Entries of an epoch after `seq`, in order, at most `limit`. */
  entriesAfter(epoch: number, seq: number, limit: number): readonly UncheckedEntry[]
  serverKey(id: ServerKeyId): string | undefined
}

/** Entries written in one go: a few milliseconds, so that the event loop stays free. */
const RUN = 200

/**
 * Writes the audit log as JSON Lines, one object a line, told apart by `kind`:
 * `header` {format, exportedAt}; `serverKey` {id, publicKey}; `epoch` {epoch, device, publicKey, ...}, each followed by its `entry` lines as they are
 * stored, with `payload` as the text that was hashed; `receipt`, the server's signed word for a part of a chain; `checkpoint`, the device's own;
 * `end` {lines}, by which a file that was cut shows. Hashes and signatures are those of `shared/domain/auditEvent.ts`; keys are SPKI in PEM.
 * The file appears when it is whole. @returns how many entries it holds. @throws the signal's reason; Error when the file cannot be written.
 */
export async function exportAudit(source: AuditExportSource, path: string, onProgress: (entries: number) => void, signal: AbortSignal): Promise<number> {
  const part = `${path}.part`
  const file = await open(part, 'w', 0o600)
  try {
    const entries = await writeLines(source, file, onProgress, signal)
    await file.sync()
    await file.close()
    await rename(part, path)
    return entries
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(part, { force: true })
    throw error
  }
}

async function writeLines(source: AuditExportSource, file: FileHandle, onProgress: (entries: number) => void, signal: AbortSignal): Promise<number> {
  let lines = 0
  let entries = 0
  const write = async (records: readonly { kind: string }[]) => {
    lines += records.length
    await file.appendFile(records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  }
  await write([{ kind: 'header', format: AUDIT_EXPORT_FORMAT, exportedAt: source.exportedAt } as { kind: string }, ...serverKeys(source)])
  for (const epoch of source.epochs) {
    await write([{ kind: 'epoch', ...epoch }])
    for (let seq = 0; seq < epoch.size;) {
      const run = source.entriesAfter(epoch.epoch, seq, RUN).filter((entry) => entry.seq <= epoch.size)
      if (run.length === 0) break
      await write(run.map((entry) => ({ kind: 'entry', ...entry })))
      seq = run.at(-1)?.seq ?? epoch.size
      entries += run.length
      onProgress(entries)
      await nextTurn(undefined, { signal })
    }
  }
  await write([...source.receipts.map((receipt) => ({ kind: 'receipt', ...receipt })), { kind: 'checkpoint', ...source.checkpoint }])
  await write([{ kind: 'end', lines: lines + 1 } as { kind: string }])
  return entries
}

/** The keys that the remembered receipts were signed with. */
function serverKeys(source: AuditExportSource): { kind: string; id: string; publicKey: string }[] {
  return [...new Set(source.receipts.map(({ serverKeyId }) => serverKeyId))].flatMap((id) => {
    const publicKey = source.serverKey(id)
    return publicKey === undefined ? [] : [{ kind: 'serverKey', id, publicKey }]
  })
}
