import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { backUp } from '../../../electron/engine/db/backup.ts'
import { openWorkDatabase } from '../../../electron/engine/db/open.ts'
import { draftRecords } from '../../../electron/engine/db/repositories/drafts.ts'
import { commitEdits } from '../../../electron/engine/work/commitEdits.ts'
import { backupFolder, openStore } from '../../../electron/engine/openStore.ts'
import { adding, aShape, firstChanges, taskId } from '../../builders/records.ts'
import { temporaryFolder } from '../../builders/temporaryFolder.ts'
import { aClock, aWorkspace, edit, pull, type TestWorkspace } from '../../builders/workspace.ts'
import { randomFrom } from '../randomness.ts'
import { canSwapFiles, swapFile } from './swapFile.ts'

const task = taskId('task-1')
/** As `electron/engine/db/pragmas.ts` sets it, and the head of a page in a B-tree (sqlite.org/fileformat2.html). */
const PAGE_BYTES = 8192
const PAGE_HEAD_BYTES = 8

function withEdits(count: number): TestWorkspace {
  const workspace = aWorkspace()
  pull(workspace, firstChanges(1))
  for (let number = 1; number <= count; number++) edit(workspace, adding(aShape({ id: `shape-${number}` })))
  return workspace
}

/** What another process would find now. */
function shapesOnDisk({ folder }: TestWorkspace): string[] {
  const copy = temporaryFolder()
  for (const name of ['work.db', 'work.db-wal']) copyFileSync(join(folder, name), join(copy, name))
  const { db } = openWorkDatabase(join(copy, 'work.db'))
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  const shapes = draftRecords(db, task).map(({ id }) => id)
  db.close()
  return shapes
}

it.runIf(canSwapFiles)('a log that cannot be synced stops all writing, and what was acknowledged is there (where /proc shows open files)', () => {
  const workspace = withEdits(3)
  swapFile(join(workspace.folder, 'work.db-wal'), { path: '/dev/null', flags: 'r+' })
  const damaged = expect.objectContaining({ code: 'databaseDamaged' }) as Error
  expect(() => edit(workspace, adding(aShape({ id: 'lost' })))).toThrow(damaged)
  expect(() => commitEdits(workspace, { taskId: task, afterSeq: 3, lines: [{ kind: 'edit', name: 'addShape', diff: adding(aShape({ id: 'late' })) }], timeOnTaskMs: 0 })).toThrow(damaged)
  expect(shapesOnDisk(workspace)).toEqual(['shape-1', 'shape-2', 'shape-3'])
})

it.runIf(canSwapFiles)('so does a log that cannot be written (where /proc shows open files)', () => {
  const workspace = withEdits(3)
  swapFile(join(workspace.folder, 'work.db-wal'), { path: '/dev/null', flags: 'r' })
  expect(() => edit(workspace, adding(aShape({ id: 'lost' })))).toThrow(expect.objectContaining({ code: 'databaseDamaged' }))
  expect(shapesOnDisk(workspace)).toEqual(['shape-1', 'shape-2', 'shape-3'])
})

it.runIf(canSwapFiles)('a full disk is told, and what was acknowledged is there (where /proc shows open files)', () => {
  const workspace = withEdits(3)
  swapFile(join(workspace.folder, 'work.db-wal'), { path: '/dev/full', flags: 'r+' })
  expect(() => edit(workspace, adding(aShape({ id: 'lost' })))).toThrow(expect.objectContaining({ code: 'diskFull' }))
  expect(shapesOnDisk(workspace)).toEqual(['shape-1', 'shape-2', 'shape-3'])
})

it.skipIf(process.platform === 'win32')('an editor whose files may grow no further loses nothing that it acknowledged (not on Windows, which has no such limit)', async () => {
  const { folder, db } = withEdits(1)
  db.close()
  const editor = spawn('bash', ['-c', `ulimit -f 600; exec "${process.execPath}" --no-warnings "${join(import.meta.dirname, 'editUntilKilled.ts')}" "${folder}" 1`], { stdio: ['ignore', 'pipe', 'ignore'] })
  let output = ''
  editor.stdout.on('data', (chunk: Buffer) => { output += chunk.toString() })
  await new Promise((resolve) => { editor.once('close', resolve) })
  const acknowledged = [...output.matchAll(/^edit \d+ (\S+)$/gm)].map(([, id]) => id)
  expect(acknowledged.length).toBeGreaterThan(10)
  const { db: again } = openWorkDatabase(join(folder, 'work.db'))
  expect(again.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(draftRecords(again, task).map(({ id }): string => id)).toEqual(expect.arrayContaining(acknowledged))
  again.close()
}, 60_000)

it.each(['anywhere', 'in the head of a page'])('flipped bits %s are survived: the file is as it was or put aside for the newest backup', async (where) => {
  const random = randomFrom(1)
  const workspace = withEdits(60)
  await backUp(workspace.db, backupFolder(workspace.folder), aClock())
  edit(workspace, adding(aShape({ id: 'after-the-backup' })))
  workspace.db.close()
  const whole = readFileSync(join(workspace.folder, 'work.db'))
  let restored = 0
  for (let round = 0; round < 30; round++) {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'ballast'), '')
    writeFileSync(join(folder, 'work.db'), flipped(whole, where === 'anywhere' ? random.below(whole.length * 8) : 8 * PAGE_BYTES * (1 + random.below(whole.length / PAGE_BYTES - 1)) + random.below(8 * PAGE_HEAD_BYTES)))
    // An unclean end has the file checked.
    writeFileSync(join(folder, 'work.db-wal'), '')
    copyBackups(workspace.folder, folder)
    const store = openStore(folder, aClock())
    expect(store.db.pragma('quick_check', { simple: true })).toBe('ok')
    if (store.setback === 'databaseRestored') {
      restored++
      expect(draftRecords(store.db, task)).toHaveLength(60)
      expect(readdirSync(folder).some((name) => name.startsWith('work.db.damaged-'))).toBe(true)
    }
    store.db.close()
  }
  // What is flipped inside a row does not show to SQLite; hashes and signatures show it where it matters.
  if (where !== 'anywhere') expect(restored).toBeGreaterThan(5)
})

function flipped(bytes: Buffer, bit: number): Buffer {
  const damaged = Buffer.from(bytes)
  const place = bit >> 3
  damaged[place] = (damaged[place] ?? 0) ^ (1 << (bit & 7))
  return damaged
}

function copyBackups(from: string, to: string): void {
  mkdirSync(backupFolder(to))
  for (const name of readdirSync(backupFolder(from))) copyFileSync(join(backupFolder(from), name), join(backupFolder(to), name))
}
