import type { ParsedRequestOf, ResponseOf } from '../../../../shared/rpc/channels.ts'
import type { WorkContext } from '../../work/context.ts'
import { exportAuditLog } from '../../work/exportAuditLog.ts'
import type { VerifyPorts } from '../../work/verifyWorkspace.ts'
import { exportUnsent } from '../../work/exportUnsent.ts'
import { verifyWorkspace } from '../../work/verifyWorkspace.ts'
import type { Jobs, JobWork } from '../jobs.ts'
import type { Handlers } from '../server.ts'

export interface JobPorts extends Omit<VerifyPorts, 'db' | 'onProgress'> {
  jobs: Jobs
  /** Writes labels into a folder; see `export.run`. */
  exportLabels: (request: ParsedRequestOf<'export.run'>) => JobWork<ResponseOf<'export.run'>>
  context: WorkContext
}

/** Work that takes a while: verification and export. */
export function jobHandlers({ jobs, exportLabels, context, objects, checkpoint }: JobPorts): Pick<Handlers, 'verify.run' | 'audit.export' | 'export.run' | 'export.unsent' | 'jobs.cancel'> {
  const { db } = context
  return {
    'verify.run': ({ jobId, taskId }) => jobs.run(jobId, (signal, onProgress) => verifyWorkspace({ db, objects, checkpoint, onProgress }, taskId, signal)),
    'audit.export': ({ jobId, directory }) => jobs.run(jobId, (signal, onProgress) => exportAuditLog(context, directory, onProgress, signal)),
    'export.run': (request) => jobs.run(request.jobId, exportLabels(request)),
    'export.unsent': (request) => exportUnsent(context, request),
    'jobs.cancel': ({ jobId }) => { jobs.cancel(jobId); return {} },
  }
}
