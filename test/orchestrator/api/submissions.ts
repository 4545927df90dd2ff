import type { SubmissionCommit } from '../../../shared/api/messages.ts'
import type { SubmissionId } from '../../../shared/domain/ids.ts'
import { RECEIPT_DOMAIN, ReceiptSchema } from '../../../shared/domain/receipt.ts'
import type { Receipt } from '../../../shared/domain/receipt.ts'
import type { Revision } from '../../../shared/domain/revision.ts'
import { announce, reviewersOf } from '../db/changes.ts'
import { inWrite } from '../db/open.ts'
import { parseJson } from '../db/records.ts'
import type { Database, Trx } from '../db/tables.ts'
import type { Handler } from '../http/endpointTypes.ts'
import { conflict, forbidden, invalid, notFound } from '../http/problems.ts'
import { instantOf } from '../../../shared/domain/ids.ts'
import type { Caller, Services } from '../http/services.ts'
import { scoreGold } from './gold.ts'
import { readStoredRevision } from './storedRevision.ts'
import { applyToTask, placeOf } from './submissionPlace.ts'

/** Takes a submission whose bytes are in storage. The same id and hash always get the same receipt. */
export const submit: Handler<'submit'> = async (services, { body: commit, caller, idempotencyKey }) => {
  if (idempotencyKey !== undefined && idempotencyKey !== commit.submissionId) throw invalid('Idempotency-Key must be the submissionId')
  // A repeated request is answered before anything else is asked for: its receipt exists.
  const before = await heldReceipt(services.db, commit, caller)
  if (before) return before
  const revision = await readStoredRevision(services.objects, commit, caller)
  const receipt = await inWrite(services.db, async (trx) => {
    return (await heldReceipt(trx, commit, caller)) ?? (await record(services, trx, commit, revision, caller))
  })
  services.webhooks.wake()
  return receipt
}

export const getReceipt: Handler<'getReceipt'> = async ({ db }, { params, caller }) => {
  const held = await find(db, params.submissionId)
  if (!held || held.userId !== caller.userId) throw notFound('submission')
  return ReceiptSchema.parse(parseJson(held.receipt))
}

const find = (db: Database, id: SubmissionId) => db.selectFrom('submissions').selectAll().where('id', '=', id).executeTakeFirst()

async function heldReceipt(db: Database, commit: SubmissionCommit, caller: Caller): Promise<Receipt | undefined> {
  const held = await find(db, commit.submissionId)
  if (!held) return undefined
  if (held.userId !== caller.userId || held.sha256 !== commit.sha256) throw conflict('This submissionId stands for other bytes')
  return ReceiptSchema.parse(parseJson(held.receipt))
}

async function record(services: Services, trx: Trx, commit: SubmissionCommit, revision: Revision, caller: Caller): Promise<Receipt> {
  const { submissionId, deviceId, deviceSeq, taskId, revisionId, sha256 } = commit
  await assertNewOnDevice(trx, commit, revision, caller)
  const place = await placeOf(trx, revision, caller)
  const { submissionSeq: seq } = await trx.updateTable('serverState').set((row) => ({ submissionSeq: row('submissionSeq', '+', 1) })).where('id', '=', 1)
    .returning('submissionSeq').executeTakeFirstOrThrow()
  const serverTime = instantOf(services.now())
  const statement = { submissionId, taskId, revisionId, sha256, late: place.late, seq, serverTime, serverKeyId: services.keys.serverKeyId }
  const receipt: Receipt = { ...statement, signature: services.keys.signStatement(RECEIPT_DOMAIN, statement) }
  await trx.insertInto('submissions').values({
    id: submissionId, seq, userId: caller.userId, deviceId, deviceSeq, taskId, revisionId, sha256, objectKey: commit.objectKey, size: commit.size, parents: JSON.stringify(revision.parents),
    schemaHash: revision.schemaHash, journalSha256: revision.journalSha256, journalLength: revision.journalLength,
    late: Number(place.late), toReview: Number(place.toReview), receipt: JSON.stringify(receipt), receivedAt: serverTime,
  }).execute()
  await applyToTask(trx, place, revisionId)
  const reviewers = await reviewersOf(trx, place.task.projectId)
  await announce(trx, reviewers, [{ kind: 'revision', op: 'upsert', recordId: revisionId }])
  await scoreGold(trx, revision, revisionId, serverTime)
  // For every submission and to its author too, whether or not there is a score: see `announceWork`.
  await announce(trx, [...new Set([caller.userId, ...reviewers])], [{ kind: 'goldScore', op: 'upsert', recordId: revisionId }])
  const { late, toReview } = place
  await services.webhooks.enqueue(trx, { type: 'submission.received', data: { submissionId, taskId, revisionId, sha256, author: caller.userId, late, toReview } })
  return receipt
}

/**
 * Sequence numbers may leave gaps and come late, since a refused item does not hold up the queue; but a number that was used for
 * another submission means that the device's state was restored from a copy.
 */
async function assertNewOnDevice(trx: Trx, commit: SubmissionCommit, revision: Revision, caller: Caller): Promise<void> {
  const deviceOf = (id: string) => trx.selectFrom('devices').selectAll().where('id', '=', id).executeTakeFirst()
  const device = await deviceOf(commit.deviceId)
  if (!device || device.userId !== caller.userId) throw forbidden('This device is not registered for you')
  const madeOn = revision.device === commit.deviceId ? device : await deviceOf(revision.device)
  if (madeOn?.publicKey !== device.publicKey || madeOn.userId !== caller.userId) throw invalid('The revision was made on another device')
  const used = await trx.selectFrom('submissions').select('id').where('deviceId', '=', commit.deviceId).where('deviceSeq', '=', commit.deviceSeq).executeTakeFirst()
  if (used) throw conflict(`The device used sequence number ${commit.deviceSeq} for another submission`)
  const same = await trx.selectFrom('submissions').select('id').where('revisionId', '=', commit.revisionId).executeTakeFirst()
  if (same) throw conflict('This revision was submitted under another submissionId')
}
