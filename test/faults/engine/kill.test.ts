import { spawn } from 'node:child_process'
import { copyFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { replayHistory } from '../../../shared/domain/journal.ts'
import { openWorkDatabase } from '../../../electron/engine/db/open.ts'
import type { WorkDatabase } from '../../../electron/engine/db/sqlite.ts'
import { draftRecords } from '../../../electron/engine/db/repositories/drafts.ts'
import { readJournal } from '../../../electron/engine/db/repositories/journal.ts'
import { findSubmission, submissionBytes } from '../../../electron/engine/db/repositories/submissions.ts'
import { findTask } from '../../../electron/engine/db/repositories/tasks.ts'
import { verifyStoredAudit } from '../../../electron/engine/work/verifyStoredAudit.ts'
import { applyDiff } from '../../../shared/diff/recordsDiff.ts'
import type { DraftRecord } from '../../../shared/domain/draft.ts'
import { SubmissionIdSchema } from '../../../shared/domain/ids.ts'
import { firstChanges, taskId } from '../../builders/records.ts'
import { temporaryFolder } from '../../builders/temporaryFolder.ts'
import { aWorkspace, hashOf, pull } from '../../builders/workspace.ts'

const ROUNDS = 6
const task = taskId('task-1')
const child = join(import.meta.dirname, 'editUntilKilled.ts')

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function aSeed(): number {
  const seed = Number(process.env['FIELDMARK_SEED'] ?? Date.now() % 1_000_000)
  console.log(`seed ${seed} (again with FIELDMARK_SEED=${seed})`)
  return seed
}

function aFolderWithATask(): string {
  const workspace = aWorkspace()
  pull(workspace, firstChanges(1))
  workspace.db.close()
  return workspace.folder
}

/** Lets the child edit for a while and kills it; answers the lines that it had acknowledged. */
async function editAndKill(folder: string, seed: number, milliseconds: number): Promise<string[]> {
  const editor = spawn(process.execPath, ['--no-warnings', child, folder, String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => { editor.once('close', resolve) })
  let output = ''
  const started = new Promise<void>((resolve) => {
    editor.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); resolve() })
  })
  await started
  await sleep(milliseconds)
  editor.kill('SIGKILL')
  await ended
  return output.split('\n').slice(0, -1)
}

/** What must hold of any database that opens. @returns the journal's length. */
async function expectSound(db: WorkDatabase): Promise<number> {
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(db.pragma('foreign_key_check')).toEqual([])
  const journal = readJournal(db, task)
  expect(journal.map(({ seq }) => seq)).toEqual(journal.map((_, place) => place + 1))
  const replayed = new Map<string, DraftRecord>()
  for (const { diff } of journal) applyDiff(replayed, diff)
  expect(new Map(draftRecords(db, task).map((record) => [record.id, record]))).toEqual(replayed)
  replayHistory(journal)
  expect(findTask(db, task)).toMatchObject({ journalSeq: journal.length, shapeCount: replayed.size })
  expect((await verifyStoredAudit(db, () => undefined, new AbortController().signal)).faults).toEqual([])
  return journal.length
}

it('loses no acknowledged edit or submission when the process is killed at any moment', async () => {
  const seed = aSeed()
  const random = numbersFrom(seed)
  const folder = aFolderWithATask()
  let acknowledged = 0
  for (let round = 0; round < ROUNDS; round++) {
    const lines = await editAndKill(folder, seed, random() * 400)
    const { db } = openWorkDatabase(join(folder, 'work.db'))
    const ids = new Set(draftRecords(db, task).map(({ id }): string => id))
    for (const line of lines) {
      const [kind, seq = '', id = ''] = line.split(' ')
      acknowledged = Math.max(acknowledged, Number(seq))
      if (kind === 'edit') expect(ids).toContain(id)
      else expect(hashOf(submissionBytes(db, SubmissionIdSchema.parse(id)))).toBe(findSubmission(db, SubmissionIdSchema.parse(id))?.commit.sha256)
    }
    const stored = await expectSound(db)
    expect(stored).toBeGreaterThanOrEqual(acknowledged)
    // At most the one edit whose acknowledgement the kill cut off.
    expect(stored).toBeLessThanOrEqual(acknowledged + 1)
    db.close()
  }
}, 60_000)

it('opens with a prefix of the history when the write-ahead log is cut at any byte', async () => {
  const seed = aSeed()
  const random = numbersFrom(seed)
  const folder = aFolderWithATask()
  await editAndKill(folder, seed, 300)
  const wal = statSync(join(folder, 'work.db-wal')).size
  const lengths: number[] = []
  for (const cut of [0, ...Array.from({ length: 8 }, () => Math.floor(random() * wal)), wal].sort((a, b) => a - b)) {
    const copy = temporaryFolder()
    for (const name of ['work.db', 'work.db-wal']) copyFileSync(join(folder, name), join(copy, name))
    truncateSync(join(copy, 'work.db-wal'), cut)
    const { db } = openWorkDatabase(join(copy, 'work.db'))
    lengths.push(await expectSound(db))
    db.close()
  }
  expect(lengths).toEqual([...lengths].sort((a, b) => a - b))
  expect(lengths.at(-1)).toBeGreaterThan(lengths[0] ?? 0)
}, 60_000)
