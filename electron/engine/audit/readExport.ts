import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { AUDIT_EXPORT_FORMAT, AuditReceiptSchema } from '../../../shared/domain/auditEvent.ts'
import type { AuditReceipt } from '../../../shared/domain/auditEvent.ts'
import type { AuditFault } from '../../../shared/rpc/history.ts'
import { FaultList, type Epoch } from './chainCheck.ts'
import type { UncheckedEntry } from './checkEntries.ts'
import { AuditCheckpointSchema, type AuditCheckpoint } from './checkpoint.ts'
import { AUDIT_RUN, type AuditSource } from './verifyAudit.ts'

/** An audit entry of a file that anybody may have written. */
const UncheckedEntrySchema = z.object({
  epoch: z.int(), seq: z.int(), device: z.string(), prev: z.string(), type: z.string(), payload: z.string(), payloadHash: z.string(),
  wall: z.string(), monotonicMs: z.number(), hash: z.string(), signature: z.string(),
})
const EpochSchema = z.object({ epoch: z.int(), device: z.string(), publicKey: z.string(), acknowledged: z.int(), forkedAt: z.string().nullable() })
const LineSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('header'), format: z.literal(AUDIT_EXPORT_FORMAT) }),
  z.object({ kind: z.literal('serverKey'), id: z.string(), publicKey: z.string() }),
  EpochSchema.extend({ kind: z.literal('epoch') }),
  z.object({ ...UncheckedEntrySchema.shape, kind: z.literal('entry') }),
  z.object({ ...AuditReceiptSchema.shape, kind: z.literal('receipt') }),
  z.object({ ...AuditCheckpointSchema.shape, kind: z.literal('checkpoint') }),
  z.object({ kind: z.literal('end'), lines: z.int() }),
])
type Line = z.infer<typeof LineSchema>

/** What an exported log says beside its entries. */
interface Overview { hasHeader: boolean; lines: number; entries: number; saidLines: number | undefined; epochs: Epoch[]; receipts: AuditReceipt[]; checkpoint: AuditCheckpoint | undefined; keys: Map<string, string>; faults: AuditFault[] }

/**
 * An exported log (see `exportAudit`) as a source that is read line by line, in the order of the file, however large it is; with what is wrong with the
 * file itself and how many entries it has. @throws Error when the file cannot be read; the signal's reason.
 */
export async function readExport(path: string, signal: AbortSignal): Promise<{ source: AuditSource; entries: number; faults: AuditFault[] }> {
  const { hasHeader, lines, entries, saidLines, epochs, receipts, checkpoint, keys, faults } = await overview(path, signal)
  if (!hasHeader || saidLines !== lines) {
    const last = epochs.at(-1)
    const detail = !hasHeader ? 'It does not begin as an exported audit log does' : saidLines === undefined ? 'Its end is missing' : `It says that it has ${saidLines} lines, here are ${lines}`
    faults.unshift({ kind: 'cutFile', device: last?.device ?? '', epoch: last?.epoch ?? 0, seq: 0, detail })
  }
  return { faults, entries, source: { epochs, receipts, checkpoint, serverKey: (id) => keys.get(id), runs: (epoch) => entriesOf(path, epoch, signal) } }
}

async function overview(path: string, signal: AbortSignal): Promise<Overview> {
  const result: Overview = { hasHeader: false, lines: 0, entries: 0, saidLines: undefined, epochs: [], receipts: [], checkpoint: undefined, keys: new Map(), faults: [] }
  let place = { device: '', epoch: 0, seq: 0 }
  for await (const text of linesOf(path, signal)) {
    result.lines += 1
    const line = parsed(text)
    if (line === undefined) noteUnreadable(result, place)
    else if (line.kind === 'entry') {
      result.entries += 1
      place = { device: line.device, epoch: line.epoch, seq: line.seq }
    } else note(result, line)
  }
  return result
}

/** @param place the entry before the line */
function noteUnreadable({ faults, lines }: Overview, place: { device: string; epoch: number; seq: number }): void {
  if (faults.length < FaultList.KEPT) faults.push({ kind: 'unreadable', ...place, seq: place.seq + 1, detail: `Line ${lines} is none of an audit log` })
}

function note(result: Overview, line: Exclude<Line, { kind: 'entry' }>): void {
  switch (line.kind) {
    case 'header': result.hasHeader ||= result.lines === 1; break
    case 'serverKey': result.keys.set(line.id, line.publicKey); break
    case 'epoch': result.epochs.push(line); break
    case 'receipt': result.receipts.push(withoutKind(line)); break
    case 'checkpoint': result.checkpoint = withoutKind(line); break
    case 'end': result.saidLines = line.lines; break
    default: line satisfies never
  }
}

/** A signature covers the record without what tells lines apart. */
function withoutKind<T extends { kind: string }>({ kind: _kind, ...record }: T): Omit<T, 'kind'> {
  return record
}

async function* entriesOf(path: string, epoch: number, signal: AbortSignal): AsyncGenerator<UncheckedEntry[]> {
  let run: UncheckedEntry[] = []
  for await (const text of linesOf(path, signal)) {
    const line = parsed(text)
    if (line?.kind !== 'entry' || line.epoch !== epoch) continue
    if (run.push(line) < AUDIT_RUN) continue
    yield run
    run = []
  }
  if (run.length > 0) yield run
}

/** Lines of a file that was never JSON Lines may have any length; it is not an audit log then. */
async function* linesOf(path: string, signal: AbortSignal): AsyncGenerator<string> {
  const lines = createInterface({ input: createReadStream(path, { encoding: 'utf8', signal }), crlfDelay: Infinity })
  for await (const line of lines) if (line !== '') yield line
}

function parsed(text: string): Line | undefined {
  try {
    return LineSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
