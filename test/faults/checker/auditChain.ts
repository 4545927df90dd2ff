import type { Evidence } from './databases.ts'
import { json } from './databases.ts'
import { canonical, isSigned, isSignedStatement, sha256 } from './signed.ts'

/** Invariant 6 as far as one workspace goes: numbering, links, hashes and signatures of every epoch, and that every receipt speaks of this chain. */
export function checkChain(db: Evidence, serverKey: string): string[] {
  const breaches: string[] = []
  const epochs = db.all('SELECT epoch, device, public_key, forked_at FROM audit_epochs ORDER BY epoch')
  for (const [place, { epoch, device, public_key: key, forked_at: forkedAt }] of epochs.entries()) {
    if (epoch !== place + 1) breaches.push(`6: epoch ${place + 1} is missing`)
    const entries = db.all('SELECT * FROM audit WHERE epoch = ? ORDER BY seq', epoch)
    let prev = '0'.repeat(64)
    for (const [index, entry] of entries.entries()) {
      for (const what of faultsOf(entry, { seq: index + 1, prev, device: String(device), key: String(key) })) breaches.push(`6: entry ${String(epoch)}/${String(entry['seq'])} ${what}`)
      prev = String(entry['hash'])
    }
    for (const { size, head, raw } of db.all('SELECT size, head, raw FROM audit_receipts WHERE epoch = ?', epoch)) {
      if (!isSignedStatement(serverKey, 'fieldmark.audit-receipt/1', json(raw))) breaches.push(`6: a receipt for epoch ${String(epoch)} is not the server's`)
      if (forkedAt === null && entries[Number(size) - 1]?.['hash'] !== head) breaches.push(`6: the server signed for another entry ${String(epoch)}/${String(size)}`)
    }
  }
  return breaches
}

interface Expected { seq: number; prev: string; device: string; key: string }

function* faultsOf(entry: Record<string, unknown>, { seq, prev, device, key }: Expected): Generator<string> {
  if (entry['seq'] !== seq) yield `follows entry ${seq - 1}`
  if (entry['prev'] !== prev) yield 'has a broken link'
  if (entry['device'] !== device) yield 'names another device'
  if (sha256(`fieldmark.audit-payload/1\n${canonical(json(entry['payload']))}`) !== entry['payload_hash']) yield 'has another payload than was hashed'
  const { epoch, type, payload_hash: payloadHash, wall, monotonic_ms: monotonicMs } = entry
  const hash = sha256(`fieldmark.audit/1\n${canonical({ device, epoch, seq, prev, type, payloadHash, wall, monotonicMs })}`)
  if (hash !== entry['hash']) yield 'does not hash to its hash'
  if (!isSigned(key, Buffer.from(hash, 'hex'), entry['signature'])) yield 'is not signed by the device'
}

const STATES = ['assigned', 'submitted', 'returned', 'accepted', 'released', 'cancelled']

/** Invariants 5 and 7: each task, transition, submission, receipt and refusal has its audit entry, and there is none without what it records. */
export function checkRecorded(db: Evidence): string[] {
  const breaches: string[] = []
  const entries = db.all('SELECT type, task_id, payload FROM audit ORDER BY epoch, seq').map((row) => ({ type: String(row['type']), task: row['task_id'], details: (json(row['payload'])['details'] ?? {}) as Record<string, unknown> }))
  // What another person has is only looked at.
  for (const { id, state } of db.all(`SELECT id, state FROM tasks WHERE standing <> 'observed' AND (assignee IS NULL OR assignee = (SELECT value ->> '$.id' FROM meta WHERE key = 'user'))`)) {
    if (!STATES.includes(String(state))) breaches.push(`5: task ${String(id)} is ${String(state)}`)
    let [told, hasReceipt] = ['', false]
    for (const { type, details } of entries.filter(({ task }) => task === id)) {
      if (type === 'taskAssigned') told = String(details['state'])
      if (type === 'receiptReceived') hasReceipt = true
      if (type !== 'taskStateChanged') continue
      if (details['from'] !== told && !(hasReceipt && details['from'] === 'submitted')) breaches.push(`5: task ${String(id)} went from ${String(details['from'])}, but was ${told}`)
      told = String(details['to'])
    }
    if (told === '') breaches.push(`5: task ${String(id)} has no entry that it was assigned`)
    else if (told !== state && !(hasReceipt && state === 'submitted')) breaches.push(`5: task ${String(id)} is ${String(state)}, the log says ${told}`)
  }
  const recorded = (types: string[]) => entries.filter(({ type }) => types.includes(type)).map(({ details }) => String(details['submissionId']))
  const submissions = db.column('SELECT submission_id FROM submissions').map(String)
  breaches.push(...differences('a submission', submissions, recorded(['submitted', 'skipped'])))
  breaches.push(...differences('a receipt', db.column('SELECT submission_id FROM receipts').map(String), recorded(['receiptReceived']), true))
  breaches.push(...differences('a refusal', db.column(`SELECT submission_id FROM outbox WHERE state = 'dead'`).map(String), recorded(['submissionRefused']), true))
  const said = (type: string) => entries.filter((entry) => entry.type === type).map(({ details }) => String(details['reviewId'] ?? details['commentId'] ?? details['statementId']))
  breaches.push(...differences('a review or comment', db.column('SELECT id FROM statements').map(String), [...said('reviewed'), ...said('commented')]))
  breaches.push(...differences('a receipt of one', db.column(`SELECT id FROM statements WHERE state = 'acknowledged'`).map(String), said('statementAcknowledged'), true))
  return breaches
}

/** @param mayRepeat there may be more entries: what was taken back later left its entry behind */
function differences(what: string, rows: string[], recorded: string[], mayRepeat = false): string[] {
  const missing = rows.filter((id) => !recorded.includes(id)).map((id) => `7: ${what} for ${id} without its audit entry`)
  if (mayRepeat) return missing
  const surplus = recorded.filter((id, place) => !rows.includes(id) || recorded.indexOf(id) !== place).map((id) => `7: an audit entry without or besides ${what} for ${id}`)
  return [...missing, ...surplus]
}
