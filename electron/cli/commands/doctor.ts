import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { DiagnosticsReport } from '../../../shared/rpc/diagnostics.ts'
import { CliError, EXIT } from '../exitCodes.ts'
import { print } from '../output.ts'
import { withEngine } from '../workspace.ts'

export interface DoctorOptions { workspace: string; bundle?: string; json?: boolean }

/** How the workspace is, with its database checked; ends with 4 when that is damaged. Writes a bundle for support if a folder for it is named. */
export function doctor(options: DoctorOptions): Promise<void> {
  return withEngine(options.workspace, 'here', async (engine) => {
    const report = await engine.call('diagnostics.get', { check: true })
    const file = options.bundle === undefined ? undefined : await writeBundle(resolve(options.bundle), (directory) => engine.call('diagnostics.bundle', { jobId: 'cli', directory }))
    print(options, { ...report, ...(file === undefined ? {} : { bundle: file }) }, () => [...linesOf(report), ...(file === undefined ? [] : [`Bundle for support: ${file}`])])
    if (report.database.integrity.state === 'damaged') throw new CliError(EXIT.verificationFailed, 'The database is damaged. Restore a backup with: backup restore NAME')
  })
}

async function writeBundle(directory: string, write: (directory: string) => Promise<{ file: string }>): Promise<string> {
  await mkdir(directory, { recursive: true })
  return (await write(directory)).file
}

function linesOf({ versions, system, workspace, database, queue, clockOffsetMs, link, cache, backups, errors }: DiagnosticsReport): string[] {
  return [
    `Versions: ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}`,
    `System: ${system.platform} ${system.release} ${system.arch}, ${system.freeDiskBytes} bytes free on the disk`,
    `Workspace: ${workspace.source} in ${workspace.location}, as ${workspace.user} on device ${workspace.device}`,
    `Database: ${database.integrity.state}, ${database.bytes} bytes, schema ${database.schema.version} of ${database.schema.newest}, ${Object.entries(database.settings).map(([name, value]) => `${name} ${value}`).join(', ')}`,
    ...database.integrity.findings.map((finding) => `  ${finding}`),
    `Queue: ${queue.phase}, ${queue.waiting} waiting${queue.oldestAt === undefined ? '' : ` since ${queue.oldestAt}`}, ${queue.dead} refused, ${queue.auditBacklog} audit entries without receipt`,
    `Clock: ${clockOffsetMs === 0 ? 'not compared with the server, or the same' : `${Math.abs(clockOffsetMs)} ms ${clockOffsetMs > 0 ? 'behind' : 'ahead of'} the server`}`,
    `Link: ${link.successRate === undefined ? 'nothing was asked yet' : `${Math.round(link.successRate * 100)} % of ${link.roundTrips.length} requests succeeded`}`,
    `Cache: ${cache.usedBytes} of ${cache.budgetBytes} bytes`,
    `Backups: ${backups.length === 0 ? 'none yet' : backups.map(({ at, sound }) => `${at}${sound ? '' : ' (damaged)'}`).join(', ')}`,
    ...(errors.length === 0 ? ['Errors: none'] : ['Last errors:', ...errors.slice(0, 10).map(({ at, source, message }) => `  ${at} ${source}: ${message.split('\n')[0] ?? ''}`)]),
  ]
}
