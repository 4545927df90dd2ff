import type { Handlers } from '../http/endpointTypes.ts'
import { appendAudit } from './audit.ts'
import { auditFeed } from './auditFeed.ts'
import { registerDevice } from './devices.ts'
import { grantDownload, grantUpload, storageCredentials } from './grants.ts'
import { getLabelSchema, listProjects, me } from './people.ts'
import { pull } from './pull.ts'
import { state } from './statements.ts'
import { getReceipt, submit } from './submissions.ts'
import { lease } from './tasks.ts'

/** Who answers which endpoint of the contract. */
export const handlers: Handlers = {
  registerDevice, me, listProjects, getLabelSchema, pull, lease, grantUpload, grantDownload, storageCredentials, submit, getReceipt, state, appendAudit, auditFeed,
}
