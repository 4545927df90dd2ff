import type { AuditFindings } from '../../../shared/rpc/history.ts'
import type { UncheckedEntry } from '../audit/checkEntries.ts'
import { withCheckThreads } from '../audit/checkThreads.ts'
import type { CheckEntries } from '../audit/checkThreads.ts'
import { FaultList } from '../audit/chainCheck.ts'
import type { AuditCheckpoint } from '../audit/checkpoint.ts'
import { AUDIT_RUN, verifyAudit } from '../audit/verifyAudit.ts'
import { serverKey } from '../db/repositories/receipts.ts'
import { remoteChains, remoteDevices, remoteEntryCount, remoteReceipts, remoteRun, remoteTwins } from '../db/repositories/remoteAudit.ts'
import type { RemoteChain } from '../db/repositories/remoteAudit.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { FEW_ENTRIES, verifyStoredAudit } from './verifyStoredAudit.ts'

/** Checks this device's chain and those of others that are here. @throws the signal's reason when it is aborted. */
export async function verifyEveryAudit(db: WorkDatabase, onProgress: (entries: number) => void, signal: AbortSignal, checkpoint?: AuditCheckpoint): Promise<AuditFindings> {
  const own = await verifyStoredAudit(db, onProgress, signal, checkpoint)
  const verify = (check: CheckEntries | undefined) => verifyOthers(db, check, (done) => { onProgress(own.entries + done) }, signal)
  const others = remoteEntryCount(db) <= FEW_ENTRIES ? await verify(undefined) : await withCheckThreads(verify)
  return [own, ...others].reduce(together)
}

async function verifyOthers(db: WorkDatabase, check: CheckEntries | undefined, onProgress: (entries: number) => void, signal: AbortSignal): Promise<AuditFindings[]> {
  const keys = new Map(remoteDevices(db).map(({ device, publicKey }) => [device, publicKey]))
  const receipts = remoteReceipts(db)
  const findings: AuditFindings[] = []
  let done = 0
  for (const { device, epoch } of remoteChains(db)) {
    const found = await verifyAudit({
      epochs: [{ device, epoch, publicKey: keys.get(device) ?? '', acknowledged: 0, forkedAt: null }], firstEpoch: epoch,
      receipts: receipts.filter((receipt) => receipt.device === device && receipt.epoch === epoch),
      runs: () => runsOf(db, { device, epoch }), serverKey: (id) => serverKey(db, id),
    }, { check, onProgress: (entries) => { onProgress(done + entries) }, signal })
    const twins = remoteTwins(db, { device, epoch }).map((seq) => ({ kind: 'recomputed' as const, device, epoch, seq, detail: 'The server told of another entry with this number' }))
    findings.push({ ...found, faults: [...found.faults, ...twins], faultCount: found.faultCount + twins.length })
    done += found.entries
  }
  return findings
}

function* runsOf(db: WorkDatabase, chain: RemoteChain): Generator<UncheckedEntry[]> {
  for (let seq = 0; ;) {
    const run = remoteRun(db, chain, seq, AUDIT_RUN)
    const last = run.at(-1)
    if (last === undefined) return
    yield run
    seq = last.seq
  }
}

function together(one: AuditFindings, other: AuditFindings): AuditFindings {
  const sum = (name: 'entries' | 'epochs' | 'receipts' | 'acknowledged' | 'faultCount') => one[name] + other[name]
  return {
    entries: sum('entries'), epochs: sum('epochs'), receipts: sum('receipts'), acknowledged: sum('acknowledged'), faultCount: sum('faultCount'),
    faults: [...one.faults, ...other.faults].slice(0, FaultList.KEPT),
  }
}
