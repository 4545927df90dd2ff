import { makeCheckpoint } from '../audit/checkpoint.ts'
import { removeHighWaterMark, writeHighWaterMark } from '../audit/highWaterMark.ts'
import { auditHead } from '../db/repositories/auditLog.ts'
import { isStopped, onCommit } from '../db/transaction.ts'
import type { WorkContext } from './context.ts'
import { instantNow } from './context.ts'

/** Milliseconds by which the mark may lag behind the chain. */
const LAG_MS = 1000

/** Keeps the mark at `path` as new as the audit chain while the workspace is open. @returns what is called before the database is closed. */
export function keepHighWaterMark(context: Pick<WorkContext, 'db' | 'key' | 'clock'>, path: string): () => void {
  let timer: NodeJS.Timeout | undefined
  let written: string | undefined
  const write = (open: boolean) => {
    const { hash, ...end } = auditHead(context.db)
    if (open && hash === written) return
    written = hash
    writeHighWaterMark(path, { open, ...(hash === undefined ? {} : { checkpoint: makeCheckpoint(context.key, { ...end, hash }, instantNow(context.clock)) }) })
  }
  // On a full disk an older mark stays, which is as true as a new one.
  const tryToWrite = () => { try { write(true) } catch (error) { console.error('The high-water mark could not be written:', error) } }
  tryToWrite()
  onCommit(context.db, () => {
    timer ??= setTimeout(() => {
      timer = undefined
      if (context.db.open) tryToWrite()
    }, LAG_MS).unref()
  })
  return () => {
    clearTimeout(timer)
    // A mark that says "open" of a closed database would raise a false alarm; none at all does not.
    try {
      if (isStopped(context.db)) writeHighWaterMark(path, { open: false, suspect: true })
      else write(false)
    } catch {
      removeHighWaterMark(path)
    }
  }
}
