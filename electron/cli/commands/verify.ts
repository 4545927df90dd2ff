import { CliError, EXIT } from '../exitCodes.ts'
import { print } from '../output.ts'
import { withEngine } from '../workspace.ts'

/** Checks audit chain, database, revisions and cached objects; ends with 4 when anything is wrong. */
export function verify(options: { workspace: string; json?: boolean }): Promise<void> {
  return withEngine(options.workspace, 'here', async (engine) => {
    const report = await engine.call('verify.run', { jobId: 'verify' })
    print(options, report, () => [
      `Audit chain: ${report.audit.entries} entries, ${report.audit.acknowledged} with a receipt, ${report.audit.faults.length} faults`,
      ...report.audit.faults.map((fault) => `  ${fault.kind} at epoch ${fault.epoch}, entry ${fault.seq}: ${fault.detail}`),
      `Database: ${report.database.integrity.join('; ')}; ${report.database.foreignKeys} broken references`,
      `Revisions: ${report.revisions.checked} checked, ${report.revisions.damaged.length} damaged`,
      `Cached objects: ${report.objects.checked} checked, ${report.objects.damaged.length} damaged`,
    ])
    if (!report.ok) throw new CliError(EXIT.verificationFailed, 'Verification found faults')
  })
}
