import type { Migration } from '../migrate.ts'
import { serverRecords } from './0001-server-records.ts'
import { drafts } from './0002-drafts.ts'
import { submissions } from './0003-submissions.ts'
import { audit } from './0004-audit.ts'
import { auditStanding } from './0005-audit-standing.ts'
import { coordination } from './0006-coordination.ts'
import { versions } from './0007-versions.ts'
import { auditEpochsLeft } from './0008-audit-epochs-left.ts'
import { review } from './0009-review.ts'
import { auditSearch } from './0010-audit-search.ts'
import { dashboard } from './0011-dashboard.ts'
import { gold } from './0012-gold.ts'
import { remoteAudit } from './0013-remote-audit.ts'
import { agreements } from './0014-agreements.ts'

/** Every migration in order. A published one is never edited; a change is a new file. */
export const MIGRATIONS: readonly Migration[] = [serverRecords, drafts, submissions, audit, auditStanding, coordination, versions, auditEpochsLeft, review, auditSearch, dashboard, gold, remoteAudit, agreements]
