import type { Randomness } from '../randomness.ts'
import type { Ending } from './messages.ts'

/**
 * Every point at which the engine makes something durable, by the function that does it. A process can be killed right before and right after
 * each. A test fails when the engine passes a point that is not named here, and when one is never passed.
 */
const PERSISTENCE_POINTS = {
  // work.db: opening
  migrate: 'one step of the schema',
  openIdentity: 'a device and its first audit epoch',
  openContext: 'fetches that a kill interrupted are to be made again',
  pullAgainAfterUpdate: 'the version of the program',
  // work.db: what the person does
  commitEdits: 'edits: journal, records and counts',
  submitTask: 'a submission: revision, outbox, standing and audit',
  skipTask: 'the same for a task that was passed over',
  retrySubmission: 'a dead letter goes back to the outbox',
  setWorkOffline: 'the wish to work offline',
  // work.db: sync
  signIn: 'whose workspace it is',
  rememberServerKey: 'the key of the server',
  markBlobStored: 'the bytes are in storage',
  acceptReceipt: 'a receipt, and the submission leaves the outbox',
  scheduleRetry: 'an attempt failed',
  deadLetter: 'a submission was refused',
  applyPull: 'a page of the pull with its cursor and audit',
  startNewServerEpoch: 'the server was rolled back: all is offered again',
  acceptAuditReceipt: 'the server holds audit entries',
  noteAuditHeld: 'the server lost audit entries',
  recordAuditFork: 'a fork, and the new device',
  noteImageReady: 'an image can be opened',
} as const satisfies Record<string, string>

/** An ending at a point that a history chooses. */
export function pickPoint(random: Randomness): Ending {
  return { point: random.pick(Object.keys(PERSISTENCE_POINTS)), moment: random.pick(['before', 'after'] as const) }
}
