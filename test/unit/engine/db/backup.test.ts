import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { backUp, listBackups, restoreNewestBackup } from '../../../../electron/engine/db/backup.ts'
import { DatabaseDamagedError, openWorkDatabase } from '../../../../electron/engine/db/open.ts'
import { schemaVersion } from '../../../../electron/engine/db/migrate.ts'
import { MIGRATIONS } from '../../../../electron/engine/db/migrations/all.ts'
import { Database } from '../../../../electron/engine/db/sqlite.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'
import { openTask } from '../../../../electron/engine/work/openTask.ts'
import { adding, aShape, taskId } from '../../../builders/records.ts'
import { aClock, aWorkspaceWithTasks, edit } from '../../../builders/workspace.ts'

it('keeps the three newest verified copies while the work goes on', async () => {
  const workspace = aWorkspaceWithTasks()
  const folder = join(workspace.folder, 'backups')
  for (let round = 0; round < 5; round++) {
    edit(workspace, adding(aShape({ id: `shape-${round}` })))
    await backUp(workspace.db, folder, workspace.clock)
  }
  expect(readdirSync(folder)).toHaveLength(3)
  expect(readdirSync(folder).every((name) => /^work-\d{15}\.db$/.test(name))).toBe(true)
})

it('puts a damaged database aside and brings back the newest sound copy', async () => {
  const workspace = aWorkspaceWithTasks()
  const folder = join(workspace.folder, 'backups')
  edit(workspace, adding(aShape()))
  await backUp(workspace.db, folder, workspace.clock)
  edit(workspace, adding(aShape({ id: 'shape-2' })))
  const damagedCopy = await backUp(workspace.db, folder, workspace.clock)
  workspace.db.close()
  writeFileSync(damagedCopy, 'not a database')
  const path = join(workspace.folder, 'work.db')
  const bytes = readFileSync(path)
  bytes.fill(0xff, 0, 4096)
  writeFileSync(path, bytes)
  expect(() => openWorkDatabase(path)).toThrow(DatabaseDamagedError)
  expect(restoreNewestBackup(path, folder, aClock())).toBe(readdirSync(folder)[0])
  const { db } = openWorkDatabase(path)
  onTestFinished(() => { db.close() })
  expect(openTask(db, taskId('task-1')).records).toEqual([aShape()])
  expect(readdirSync(workspace.folder).some((name) => name.startsWith('work.db.damaged-'))).toBe(true)
})

it('starts empty when there is no sound copy, and keeps the damaged file', () => {
  const workspace = aWorkspaceWithTasks()
  workspace.db.close()
  const path = join(workspace.folder, 'work.db')
  expect(restoreNewestBackup(path, join(workspace.folder, 'backups'), aClock())).toBeUndefined()
  expect(existsSync(path)).toBe(false)
  expect(readdirSync(workspace.folder).filter((name) => name.startsWith('work.db.damaged-'))).toHaveLength(1)
})

it('keeps a copy of the old schema before a migration, apart from the three', async () => {
  const folder = temporaryFolder()
  const path = join(folder, 'work.db')
  openWorkDatabase(path, MIGRATIONS.slice(0, 2)).db.close()
  const { db } = openWorkDatabase(path)
  onTestFinished(() => { db.close() })
  for (let round = 0; round < 4; round++) await backUp(db, join(folder, 'backups'), aClock(Date.now() + 1000 * round))
  const names = listBackups(join(folder, 'backups')).map(({ name }) => name)
  expect(names).toHaveLength(4)
  const old = new Database(join(folder, 'backups', names.find((name) => name.includes('-before-migration')) ?? ''), { readonly: true })
  expect(schemaVersion(old)).toBe(2)
  old.close()
})
