import { constants } from 'node:fs'
import { copyFile, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { AuditFindings } from '../../../shared/rpc/history.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { withCheckThreads } from '../audit/checkThreads.ts'
import { readHighWaterMark } from '../audit/highWaterMark.ts'
import { readExport } from '../audit/readExport.ts'
import { verifyAudit, type AuditSource } from '../audit/verifyAudit.ts'
import { openAuditCopy } from '../db/auditCopy.ts'

type AuditFileKind = 'export' | 'database'
type Progress = (done: number, total: number) => void

/** The first bytes of every SQLite database, see https://sqlite.org/fileformat2.html#magic_header_string */
const SQLITE_MAGIC = 'SQLite format 3\0'

/**
 * Verifies an audit log outside the workspace: an exported one, or a copied work database with what lies beside it (its write-ahead log and the device's
 * checkpoint). The file is only read. @throws RpcError notFound, validationFailed when it is neither; the signal's reason.
 */
export async function verifyAuditFile(path: string, onProgress: Progress, signal: AbortSignal): Promise<AuditFindings & { kind: AuditFileKind }> {
  const kind = await kindOf(path)
  const findings = kind === 'database' ? await verifyDatabase(path, onProgress, signal) : await verifyExport(path, onProgress, signal)
  return { kind, ...findings }
}

async function kindOf(path: string): Promise<AuditFileKind> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(SQLITE_MAGIC.length), 0, SQLITE_MAGIC.length, 0)
      return buffer.toString('latin1', 0, bytesRead) === SQLITE_MAGIC ? 'database' : 'export'
    } finally {
      await file.close()
    }
  } catch (error) {
    throw new RpcError('notFound', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

const verifyInThreads = (source: AuditSource, onProgress: (entries: number) => void, signal: AbortSignal) =>
  withCheckThreads((check) => verifyAudit(source, { check, onProgress, signal }))

async function verifyExport(path: string, onProgress: Progress, signal: AbortSignal): Promise<AuditFindings> {
  const { source, entries, faults } = await readExport(path, signal)
  if (source.epochs.length === 0) throw new RpcError('validationFailed', `${path} is neither an exported audit log nor a work database`)
  const findings = await verifyInThreads(source, (done) => { onProgress(done, entries) }, signal)
  return { ...findings, faults: [...faults, ...findings.faults], faultCount: faults.length + findings.faultCount }
}

/** A copy of the copy is opened, for SQLite writes beside a database even when it only reads it. */
async function verifyDatabase(path: string, onProgress: Progress, signal: AbortSignal): Promise<AuditFindings> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldmark-audit-'))
  try {
    const copy = join(folder, 'work.db')
    await copyFile(path, copy, constants.COPYFILE_FICLONE)
    if (await stat(`${path}-wal`).catch(() => undefined) !== undefined) await copyFile(`${path}-wal`, `${copy}-wal`, constants.COPYFILE_FICLONE)
    signal.throwIfAborted()
    const opened = openAuditCopy(copy)
    try {
      const checkpoint = readHighWaterMark(join(dirname(path), 'high-water.json'))?.checkpoint
      return await verifyInThreads({ ...opened.log, checkpoint }, (done) => { onProgress(done, opened.entries) }, signal)
    } finally {
      opened.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
