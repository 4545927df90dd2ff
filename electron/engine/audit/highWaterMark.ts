import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { AuditCheckpointSchema } from './checkpoint.ts'

const HighWaterMarkSchema = z.object({
  /** The database is open, so its write-ahead log is there until it is closed properly. */
  open: z.boolean(),
  /** The database was found damaged while it was open, so it is checked before it is opened again. */
  suspect: z.boolean().optional(),
  /** How far the chain had gone when this was written; it may have gone farther since. */
  checkpoint: AuditCheckpointSchema.optional(),
})
/** What is kept beside `work.db` to notice that the newest part of it was taken away. */
export type HighWaterMark = z.infer<typeof HighWaterMarkSchema>

/** The mark at `path`; undefined when there is none that can be read: it is no more than a witness. */
export function readHighWaterMark(path: string): HighWaterMark | undefined {
  try {
    return HighWaterMarkSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

/** Replaces the mark. It is written after the commit that it speaks of, so it is never ahead of the database. @throws Error when the disk refuses. */
export function writeHighWaterMark(path: string, mark: HighWaterMark): void {
  writeFileSync(`${path}.part`, JSON.stringify(mark), { mode: 0o600 })
  renameSync(`${path}.part`, path)
}

export function removeHighWaterMark(path: string): void {
  rmSync(path, { force: true })
}
