import { print } from '../output.ts'
import { withEngine } from '../workspace.ts'

interface BackupOptions { workspace: string; json?: boolean }

/** The backups of the work database, newest first. */
export function listBackups(options: BackupOptions): Promise<void> {
  return withEngine(options.workspace, 'here', async (engine) => {
    const backups = await engine.call('backups.list', {})
    print(options, backups, () => (backups.length === 0
      ? ['No backups yet. Make one with: backup make']
      : backups.map(({ name, at, bytes, sound }) => `${name}  ${at}  ${bytes} bytes  ${sound ? 'sound' : 'damaged'}`)))
  })
}

/** Makes a verified backup now. */
export function makeBackup(options: BackupOptions): Promise<void> {
  return withEngine(options.workspace, 'here', async (engine) => {
    const backup = await engine.call('backups.make', {})
    print(options, backup, () => [`Made ${backup.name}, ${backup.bytes} bytes`])
  })
}

/** Puts a backup in the place of the work database, which is kept beside it; the next sync brings what the server has since. */
export function restoreBackup(name: string, options: BackupOptions): Promise<void> {
  return withEngine(options.workspace, 'here', async (engine) => {
    const tasks = await engine.call('tasks.facets', {})
    print(options, { restored: name, tasks: tasks.total }, () => [`Restored ${name} with ${tasks.total} tasks. The database that it replaced is kept beside it; sync brings the rest.`])
  }, name)
}
