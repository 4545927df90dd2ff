import type { ParsedRequestOf, ResponseOf } from '../../../../shared/rpc/channels.ts'
import type { VerifyPorts } from '../../work/verifyWorkspace.ts'
import type { WorkContext } from '../../work/context.ts'
import { exportUnsent } from '../../work/exportUnsent.ts'
import { verifyWorkspace } from '../../work/verifyWorkspace.ts'
import type { Jobs, JobWork } from '../jobs.ts'
import type { Handlers } from '../server.ts'

/** The id under which `verify.run` shows its progress and can be cancelled. */
const VERIFY_JOB = 'verify'

export interface JobPorts extends Omit<VerifyPorts, 'onProgress'> {
  context: WorkContext
  jobs: Jobs
  /** Writes labels into a folder; see `export.run`. */
  exportLabels: (request: ParsedRequestOf<'export.run'>) => JobWork<ResponseOf<'export.run'>>
}

/** Work that takes a while: verification and export. */
export function jobHandlers({ context, jobs, exportLabels, db, verifyObjects }: JobPorts): Pick<Handlers, 'verify.run' | 'export.run' | 'export.unsent' | 'jobs.cancel'> {
  return {
    'verify.run': ({ taskId }) => jobs.run(VERIFY_JOB, (signal, onProgress) => {
      const total = db.prepare('SELECT count(*) FROM audit').pluck().get() as number
      return verifyWorkspace({ db, verifyObjects, onProgress: (done) => { onProgress(done, total) } }, taskId, signal)
    }),
    'export.run': (request) => jobs.run(request.jobId, exportLabels(request)),
    'export.unsent': (request) => exportUnsent(context, request),
    'jobs.cancel': ({ jobId }) => { jobs.cancel(jobId); return {} },
  }
}
