import { resolve } from 'node:path'
import type { ExportFormat } from '../../../shared/rpc/exportFormat.ts'
import { print } from '../output.ts'
import { withEngine } from '../workspace.ts'

export interface ExportOptions { workspace: string; format: ExportFormat; out: string; drafts?: boolean; images?: boolean; json?: boolean }

/** Writes labels in a format that training code reads. */
export function exportLabels(options: ExportOptions): Promise<void> {
  return withEngine(options.workspace, 'here', async (engine) => {
    const directory = resolve(options.out)
    const result = await engine.call('export.run', {
      jobId: 'cli', format: options.format, directory, include: options.drafts === true ? 'all' : 'submitted', includeImages: options.images === true,
    })
    print(options, { directory, ...result }, () => [
      `Wrote ${result.shapes} shapes of ${result.images} images to ${directory} (${result.files} files)`,
      ...result.skipped.map((skipped) => `Left out ${skipped.taskId}: ${skipped.reason}`),
    ])
  })
}
