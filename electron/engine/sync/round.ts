import { setTimeout as sleep } from 'node:timers/promises'
import type { DeviceRegistration } from '../../../shared/api/messages.ts'
import type { RemoteError } from '../../../shared/api/remoteError.ts'
import { fetchVersions } from './fetchVersions.ts'
import { MassDeleteError } from './massDelete.ts'
import { pullChanges } from './pull.ts'
import { pushAudit, type AuditPart } from './pushAudit.ts'
import type { RefusedChange, SyncStore } from './ports.ts'
import { pushOutbox } from './push.ts'
import { pushJournals } from './pushJournals.ts'
import type { PushPorts } from './pushPorts.ts'
import { pushStatements } from './pushStatements.ts'
import { asRemoteError, isLinkFailure } from './retryPolicy.ts'

/** So many audit entries go ahead of the work. */
const AUDIT_ENTRIES_AHEAD = 100
/** While work is being sent, so many new audit entries are worth a request, and are looked for this often, in milliseconds. */
const AUDIT_ENTRIES_BESIDE = 200
const AUDIT_PAUSE_MS = 500

type SendAudit = (part?: AuditPart) => Promise<RemoteError | undefined>

export interface RoundPorts extends PushPorts {
  /** This workstation under each id that it ever had; the present one last. */
  devices: () => readonly DeviceRegistration[]
}

/** What one round is to do: send what is due at `dueAt` (milliseconds since 1970) and pull, with or without mass removals. */
export interface RoundPlan {
  dueAt: number
  allowRemovals: boolean
  /** The device has not made itself known since the engine started, or for a while. */
  register: boolean
}

/** What a round came to. Every part that failed is listed; `massDelete` waits for the person's word. */
export interface RoundOutcome {
  registered: boolean
  pulled: boolean
  /** Audit entries that were still unsent when it last tried to send them; undefined when it never came to that. */
  entriesLeft: number | undefined
  failures: RemoteError[]
  massDelete: MassDeleteError | undefined
  /** Records that the orchestrator sent and that were left out. */
  refused: RefusedChange[]
}

/**
 * Audit heads, then commits and submissions with more audit entries beside them, then what is new, then the audit entries that all this wrote. A part that
 * fails does not keep the next ones from running, unless it shows that the orchestrator cannot be reached or does not know this device.
 */
export async function runRound(ports: RoundPorts, plan: RoundPlan, signal: AbortSignal): Promise<RoundOutcome> {
  const { store, orchestrator } = ports
  const outcome: RoundOutcome = { registered: !plan.register, pulled: false, entriesLeft: undefined, failures: [], massDelete: undefined, refused: [] }
  const failed = (error: RemoteError) => outcome.failures.push(error)

  // A server that was rolled back may have forgotten the device, and would refuse its work.
  const hasSomethingToSend = store.outboxCounts().waiting > 0 || store.auditBacklog() > 0 || store.journalBacklog() > 0
  if (plan.register || hasSomethingToSend) {
    const error = await attempt(() => register(ports, signal), signal)
    outcome.registered ||= error === undefined
    if (error) {
      failed(error)
      return outcome
    }
  }
  const sendAudit: SendAudit = async (part) => {
    const error = await attempt(() => pushAudit({ store, orchestrator, register: () => register(ports, signal) }, signal, part), signal)
    outcome.entriesLeft = store.auditBacklog()
    if (error) failed(error)
    return error
  }
  // The first receipt shows that this device is still the one that its work names; the others may take as long as the work.
  let auditError = await sendAudit({ atOnce: AUDIT_ENTRIES_AHEAD, goesOn: (receipts) => receipts === 0 })
  if (auditError && isLinkFailure(auditError.failure)) return outcome
  const work = new AbortController()
  const working = sendWork(ports, plan, signal, failed).finally(() => { work.abort() })
  const [worked, sent] = await Promise.allSettled([working, auditError ? undefined : sendAuditBeside(store, sendAudit, work.signal)])
  if (worked.status === 'rejected') throw worked.reason
  if (sent.status === 'rejected') throw sent.reason
  if (worked.value === 'throttled') return outcome
  auditError ??= sent.value
  if (auditError && isLinkFailure(auditError.failure)) return outcome

  await pullInto(outcome, ports, plan, signal)
  if (outcome.pulled) {
    const error = await attempt(() => fetchVersions(ports, signal), signal)
    if (error) failed(error)
  }
  if (outcome.pulled && !auditError) await sendAudit()
  return outcome
}

/** Sends what a person did. Storage may be out of reach while the orchestrator is not. What is said of a result comes after the result. */
async function sendWork(ports: RoundPorts, { dueAt }: RoundPlan, signal: AbortSignal, failed: (error: RemoteError) => void): Promise<'throttled' | undefined> {
  for (const send of [() => pushOutbox(ports, dueAt, signal), () => pushStatements(ports, dueAt, signal), () => pushJournals(ports, signal)]) {
    const error = await attempt(async () => {
      const problem = await send()
      if (problem) throw problem
    }, signal)
    if (error) failed(error)
    if (error?.failure.kind === 'throttled') return 'throttled'
  }
  return undefined
}

/** Sends the audit entries that are left, and those that the work writes as it is sent, until the work is over. @returns why it stopped early, if it did */
async function sendAuditBeside(store: SyncStore, send: SendAudit, workIsOver: AbortSignal): Promise<RemoteError | undefined> {
  for (let least = 1; !workIsOver.aborted; least = AUDIT_ENTRIES_BESIDE) {
    if (store.auditBacklog() >= least) {
      const error = await send({ goesOn: () => !workIsOver.aborted })
      if (error) return error
    }
    await sleep(AUDIT_PAUSE_MS, undefined, { signal: workIsOver }).catch(() => undefined)
  }
  return undefined
}

async function register({ store, orchestrator, devices }: RoundPorts, signal: AbortSignal): Promise<void> {
  for (const device of devices()) {
    const answer = await orchestrator.register(device, signal)
    signal.throwIfAborted()
    store.rememberServerKey(answer)
  }
}

async function pullInto(outcome: RoundOutcome, ports: RoundPorts, plan: RoundPlan, signal: AbortSignal): Promise<void> {
  const error = await attempt(async () => {
    try {
      await pullChanges({ ...ports, onRefused: (refused) => { outcome.refused.push(...refused) } }, plan.allowRemovals, signal)
      outcome.pulled = true
    } catch (reason) {
      if (!(reason instanceof MassDeleteError)) throw reason
      outcome.massDelete = reason
      ports.store.noteRemovalsHeld(reason.removals, reason.active)
    }
  }, signal)
  if (error) outcome.failures.push(error)
}

/** The error of one part of a round. An aborted round ends with the signal's reason. */
async function attempt(part: () => Promise<void>, signal: AbortSignal): Promise<RemoteError | undefined> {
  try {
    await part()
    return undefined
  } catch (error) {
    signal.throwIfAborted()
    return asRemoteError(error)
  }
}
