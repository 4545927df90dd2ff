import { createHash } from 'node:crypto'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'
import { instantOf, Sha256Schema } from '../../../shared/domain/ids.ts'
import { STATEMENT_RECEIPT_DOMAIN, statementFacts, StatementReceiptSchema } from '../../../shared/domain/statement.ts'
import type { Statement, StatementReceipt } from '../../../shared/domain/statement.ts'
import { inWrite } from '../db/open.ts'
import { parseJson } from '../db/records.ts'
import type { Database, Trx } from '../db/tables.ts'
import type { Handler } from '../http/endpointTypes.ts'
import { conflict, forbidden } from '../http/problems.ts'
import type { Caller, Services } from '../http/services.ts'
import { recordComment } from './comments.ts'
import { recordReview } from './reviews.ts'

/** Takes what a person says of work. The same statement always gets the same receipt. */
export const state: Handler<'state'> = async (services, { body: { deviceId, statement }, caller }) => {
  const facts = statementFacts(statement)
  if (facts.by !== caller.userId) throw forbidden('A statement is signed by the person who makes it')
  const sha256 = Sha256Schema.parse(createHash('sha256').update(canonicalJson(statement)).digest('hex'))
  const receipt = await inWrite(services.db, async (trx) => {
    const device = await trx.selectFrom('devices').select('userId').where('id', '=', deviceId).executeTakeFirst()
    if (device?.userId !== caller.userId) throw forbidden('This device is not registered for you')
    const held = await heldReceipt(trx, facts.id, sha256, caller)
    if (held) return held
    await record(services, trx, statement, caller)
    return issueReceipt(services, trx, { statementId: facts.id, taskId: facts.taskId, sha256 }, caller)
  })
  services.webhooks.wake()
  return receipt
}

function record(services: Services, trx: Trx, statement: Statement, caller: Caller): Promise<void> {
  switch (statement.kind) {
    case 'review': return recordReview(services, trx, statement.record, caller)
    case 'comment': return recordComment(services, trx, statement.record, caller)
    default: return assertNever(statement, 'statement')
  }
}

async function heldReceipt(db: Database, id: string, sha256: string, { userId }: Caller): Promise<StatementReceipt | undefined> {
  const held = await db.selectFrom('statementReceipts').selectAll().where('statementId', '=', id).executeTakeFirst()
  if (!held) return undefined
  if (held.userId !== userId || held.sha256 !== sha256) throw conflict('This id stands for another statement')
  return StatementReceiptSchema.parse(parseJson(held.receipt))
}

async function issueReceipt({ keys, now }: Services, trx: Trx, facts: Pick<StatementReceipt, 'statementId' | 'taskId' | 'sha256'>, { userId }: Caller): Promise<StatementReceipt> {
  const said = { ...facts, serverTime: instantOf(now()), serverKeyId: keys.serverKeyId }
  const receipt: StatementReceipt = { ...said, signature: keys.signStatement(STATEMENT_RECEIPT_DOMAIN, said) }
  await trx.insertInto('statementReceipts').values({ statementId: facts.statementId, userId, sha256: facts.sha256, receipt: JSON.stringify(receipt) }).execute()
  return receipt
}
