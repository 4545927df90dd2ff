import type { BackupRow, DiagnosticsReport, WorkSince } from '../../../../shared/rpc/diagnostics.ts'
import type { Jobs } from '../jobs.ts'
import type { Handlers } from '../server.ts'

export interface DiagnosticsPorts {
  jobs: Jobs
  diagnostics: {
    /** @param check whether the database is checked as well, which takes a while. */
    report(check: boolean): Promise<DiagnosticsReport>
    /** Writes a bundle for support and answers its path. */
    bundle(directory: string, signal: AbortSignal): Promise<string>
    makeBackup(): Promise<BackupRow>
    listBackups(): Promise<BackupRow[]>
    /** @throws RpcError notFound. */
    workSinceBackup(name: string): WorkSince
  }
}

/** How the workspace is, and the copies that it can go back to. */
export function diagnosticsHandlers({ jobs, diagnostics }: DiagnosticsPorts): Pick<Handlers, 'diagnostics.get' | 'diagnostics.bundle' | 'backups.list' | 'backups.since' | 'backups.make'> {
  return {
    'diagnostics.get': ({ check }) => diagnostics.report(check),
    'diagnostics.bundle': ({ jobId, directory }) => jobs.run(jobId, async (signal) => ({ file: await diagnostics.bundle(directory, signal) })),
    'backups.list': () => diagnostics.listBackups(),
    'backups.since': ({ name }) => diagnostics.workSinceBackup(name),
    'backups.make': () => diagnostics.makeBackup(),
  }
}
