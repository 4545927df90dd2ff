import type { AuditCheckpoint } from '../../audit/checkpoint.ts'
import { auditEntryCount } from '../../db/repositories/auditLog.ts'
import { remoteEntryCount } from '../../db/repositories/remoteAudit.ts'
import { auditProof } from '../../work/auditProof.ts'
import { auditFacetsOf, auditPage } from '../../work/auditSearch.ts'
import type { WorkContext } from '../../work/context.ts'
import { exportAuditCsv } from '../../work/exportAuditCsv.ts'
import { verifyAuditFile } from '../../work/verifyAuditFile.ts'
import { verifyEveryAudit } from '../../work/verifyRemoteAudit.ts'
import type { Jobs } from '../jobs.ts'
import type { Handlers } from '../server.ts'

interface AuditPorts { context: WorkContext; jobs: Jobs; checkpoint: () => AuditCheckpoint | undefined }
type AuditChannel = 'audit.events' | 'audit.facets' | 'audit.proof' | 'audit.verify' | 'audit.verifyFile' | 'audit.exportCsv'

/** The audit log as a person searches and checks it. */
export function auditHandlers({ context, jobs, checkpoint }: AuditPorts): Pick<Handlers, AuditChannel> {
  const { db } = context
  return {
    'audit.events': ({ filter, after, limit }) => auditPage(db, filter, after, limit),
    'audit.facets': () => auditFacetsOf(db),
    'audit.proof': (place) => auditProof(db, place),
    'audit.verify': ({ jobId }) => jobs.run(jobId, (signal, onProgress) => {
      const total = auditEntryCount(db) + remoteEntryCount(db)
      return verifyEveryAudit(db, (done) => { onProgress(Math.min(done, total), total) }, signal, checkpoint())
    }),
    'audit.verifyFile': ({ jobId, file }) => jobs.run(jobId, (signal, onProgress) => verifyAuditFile(file, onProgress, signal)),
    'audit.exportCsv': ({ jobId, directory, filter }) => jobs.run(jobId, (signal, onProgress) => exportAuditCsv(context, directory, filter, (done) => { onProgress(done, 0) }, signal)),
  }
}
