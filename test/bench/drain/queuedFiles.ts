import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openContext } from '../../../electron/engine/openContext.ts'
import { createSyncStore } from '../../../electron/engine/work/syncStore.ts'
import { journalBytes } from '../../../electron/engine/work/journals.ts'
import { RevisionSchema } from '../../../shared/domain/revision.ts'

/** Writes all that a workspace has to send to storage as files: each submission and the edit history behind it. Answers how many files and bytes that is. */
export function writeQueuedFiles(workspace: string, folder: string): { files: number; bytes: number } {
  mkdirSync(folder, { recursive: true })
  const { context, close } = openContext(workspace)
  const store = createSyncStore(context)
  const written = { files: 0, bytes: 0 }
  const write = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes)
    written.files += 1
    written.bytes += bytes.length
  }
  for (const { submissionId, taskId } of store.dueOutbox(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)) {
    const bytes = store.submissionBytes(submissionId)
    const { journalLength: lines, journalSha256: sha256 } = RevisionSchema.parse(JSON.parse(Buffer.from(bytes).toString()))
    write(`${submissionId}.json`, bytes)
    write(`${submissionId}.jsonl`, journalBytes(context.db, { taskId, lines, sha256 }))
  }
  close()
  return written
}
