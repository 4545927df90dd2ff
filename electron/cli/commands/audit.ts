import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { print } from '../output.ts'
import { withEngine } from '../workspace.ts'

export interface AuditExportOptions { workspace: string; out: string; json?: boolean }

/** Writes the audit log as JSON Lines, for anybody to verify. */
export function exportAudit(options: AuditExportOptions): Promise<void> {
  return withEngine(options.workspace, 'here', async (engine) => {
    const directory = resolve(options.out)
    await mkdir(directory, { recursive: true })
    const result = await engine.call('audit.export', { jobId: 'cli', directory })
    print(options, result, () => [`Wrote ${result.entries} audit entries to ${result.file}`])
  })
}
