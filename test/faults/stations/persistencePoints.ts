import type { Randomness } from '../randomness.ts'
import type { Ending } from './messages.ts'

/**
 * Every point at which the engine makes something durable, by the function that does it. A process can be killed right before and right after
 * each. `points.test.ts` does that, and fails when the engine passes a point that is not named here.
 */
export const PERSISTENCE_POINTS = {
  // Opening
  writeNewKey: 'the key of the device',
  writeHighWaterMark: 'how long the audit log and the outbox were, beside work.db',
  migrate: 'one step of the schema of work.db',
  openIdentity: 'a device and its first audit epoch',
  openContext: 'fetches that a kill interrupted are to be made again',
  pullAgainAfterUpdate: 'the version of the program',
  // What the person does
  commitEdits: 'edits: journal, records and counts',
  submitTask: 'a submission: revision, outbox, standing and audit',
  skipTask: 'the same for a task that was passed over',
  retrySubmission: 'a dead letter goes back to the outbox',
  setWorkOffline: 'the wish to work offline',
  set: 'settings',
  dismiss: 'a notice that was read',
  settleVersion: 'what a person decided about a version from elsewhere',
  decide: 'a decision on a result',
  beginCorrection: 'the result that a reviewer mends',
  acceptCorrection: 'a mended result with its decision',
  beginConsensus: 'what several results say together, as a draft',
  addComment: 'a remark on a task',
  retryStatement: 'a refused review or comment is offered again',
  publish: 'an export has its name',
  exportFromWorkspace: 'the audit entry of an export',
  exportUnsent: 'the audit entry of an export of unsent work',
  // Sync
  signIn: 'whose workspace it is',
  rememberServerKey: 'the key of the server',
  markBlobStored: 'the bytes are in storage',
  acceptReceipts: 'receipts, and the submissions leave the outbox',
  scheduleRetry: 'an attempt failed',
  deadLetter: 'a submission was refused',
  applyPull: 'a page of the pull with its cursor and audit',
  keepVersion: 'a version that was made elsewhere',
  acceptStatementReceipt: 'a receipt of a review or comment',
  postponeStatement: 'an attempt to send one failed',
  refuseStatement: 'one was refused',
  noteJournals: 'edit histories are in storage',
  keepJournal: 'an edit history of somebody else',
  keepAuditPage: 'audit entries of somebody else, and how far they were read',
  keepAgreement: 'how far people agree on an image',
  restartAuditFeed: 'reading those begins anew',
  startNewServerEpoch: 'the server was rolled back: all is offered again',
  acceptAuditReceipt: 'the server holds audit entries',
  noteAuditHeld: 'the server lost audit entries',
  recordAuditFork: 'a fork, and the new device',
  // Images: files, and cache.db beside them
  connect: 'the schema of cache.db',
  receive: 'an image has its name',
  add: 'the cache knows of its file',
  complete: 'it can be shown',
  '#insertThumbnail': 'its thumbnail',
  remove: 'images that are gone are forgotten',
  noteImagesReady: 'they can be opened without a network',
  noteImageFailure: 'it cannot be shown',
  noteImagesLost: 'it is to be fetched again',
  // Closing
  keepBackup: 'a backup has its name',
} as const satisfies Record<string, string>

export type PersistencePoint = keyof typeof PERSISTENCE_POINTS

/** An ending at a point that a history chooses. */
export function pickPoint(random: Randomness): Ending {
  return { point: random.pick(Object.keys(PERSISTENCE_POINTS)), moment: random.pick(['before', 'after'] as const) }
}
