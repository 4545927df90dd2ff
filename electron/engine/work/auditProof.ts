import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AuditReceipt } from '../../../shared/domain/auditEvent.ts'
import { AUDIT_RECEIPT_DOMAIN } from '../../../shared/domain/receipt.ts'
import type { AuditPlace, AuditProof } from '../../../shared/rpc/auditSearch.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { EntryChecker, type UncheckedEntry } from '../audit/checkEntries.ts'
import { entryHash, NO_ENTRY } from '../audit/hashing.ts'
import { isSignedBy } from '../audit/signedRecord.ts'
import { serverKey } from '../db/repositories/receipts.ts'
import { taskNames } from '../db/repositories/tasks.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { storedChain, type StoredChain } from './auditChains.ts'

/** Entries followed in one go on the way to a receipt. */
const RUN = 500

/** Checks one event now, and what of the server's receipts speaks for it. @throws RpcError notFound. */
export async function auditProof(db: WorkDatabase, { device, epoch, seq }: AuditPlace): Promise<AuditProof> {
  const chain = storedChain(db, device, epoch)
  const [entry, following] = chain?.runAfter(seq - 1, 2) ?? []
  if (chain === undefined || entry?.seq !== seq) throw new RpcError('notFound', `There is no entry ${epoch}/${seq} of device ${device} here`)
  const before = seq === 1 ? undefined : chain.runAfter(seq - 2, 1).find((each) => each.seq === seq - 1)
  const faults = new EntryChecker().check(chain, [entry])
  const found = (kind: string) => faults.some((fault) => fault.kind === kind)
  const isHashed = entryHash(entry) === entry.hash
  const receipt = await receiptFor(db, chain, entry)
  const { epoch: _epoch, ...fields } = entry
  const taskName = nameOf(db, entry)
  return {
    entry: { epoch, ...fields }, publicKey: chain.publicKey,
    checks: {
      payload: !found('payloadMismatch'), hash: isHashed, signature: isHashed && !found('badSignature'),
      link: entry.prev === (seq === 1 ? NO_ENTRY : before?.hash),
    },
    ...(taskName !== undefined && { taskName }), ...(receipt && { receipt }), ...(before && { previous: before.seq }), ...(following && { next: following.seq }),
  }
}

/** The first receipt whose part of the chain has the entry. */
async function receiptFor(db: WorkDatabase, chain: StoredChain, entry: UncheckedEntry): Promise<AuditProof['receipt']> {
  const record = chain.receipts.find(({ size }) => size >= entry.seq)
  if (record === undefined) return undefined
  const key = serverKey(db, record.serverKeyId)
  return {
    record, signed: key !== undefined && isSignedBy(key, AUDIT_RECEIPT_DOMAIN, record), reached: await leadsTo(chain, entry, record), ...(key !== undefined && { serverKey: key }),
  }
}

/** Whether each entry from one to the receipt's last names the one before it and hashes to what the next one names. */
async function leadsTo(chain: StoredChain, { seq, hash }: UncheckedEntry, { size, head }: AuditReceipt): Promise<boolean> {
  let before = { seq, hash }
  while (before.seq < size) {
    const run = chain.runAfter(before.seq, Math.min(RUN, size - before.seq))
    if (run.length === 0) return false
    for (const entry of run) {
      if (entry.seq !== before.seq + 1 || entry.prev !== before.hash || entryHash(entry) !== entry.hash) return false
      before = entry
    }
    await nextTurn()
  }
  return before.hash === head
}

function nameOf(db: WorkDatabase, { payload }: UncheckedEntry): string | undefined {
  const taskId = /"taskId":"([^"]+)"/.exec(payload)?.[1]
  return taskId === undefined ? undefined : taskNames(db, [taskId]).get(taskId)
}
