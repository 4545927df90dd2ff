import type { DeviceRegistration } from '../../../shared/api/messages.ts'
import type { RemoteError } from '../../../shared/api/remoteError.ts'
import { fetchVersions } from './fetchVersions.ts'
import { MassDeleteError } from './massDelete.ts'
import { pullChanges } from './pull.ts'
import { pushAudit } from './pushAudit.ts'
import type { RefusedChange } from './ports.ts'
import { pushOutbox, type PushPorts } from './push.ts'
import { pushJournals } from './pushJournals.ts'
import { pushStatements } from './pushStatements.ts'
import { asRemoteError, isLinkFailure } from './retryPolicy.ts'

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
 * Audit heads, then commits and submissions, then what is new, then the audit entries that all this wrote. A part that fails does not keep
 * the next ones from running, unless it shows that the orchestrator cannot be reached or does not know this device.
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
  const sendAudit = async () => {
    const error = await attempt(() => pushAudit({ store, orchestrator, register: () => register(ports, signal) }, signal), signal)
    outcome.entriesLeft = store.auditBacklog()
    if (error) failed(error)
    return error
  }
  const auditError = await sendAudit()
  if (auditError && isLinkFailure(auditError.failure)) return outcome

  // Storage may be out of reach while the orchestrator is not. What is said of a result comes after the result, its history after both.
  const lanes = [() => pushOutbox(ports, plan.dueAt, signal), () => pushStatements(ports, plan.dueAt, signal), () => pushJournals(ports, signal)]
  for (const send of lanes) {
    const error = await attempt(async () => {
      const problem = await send()
      if (problem) throw problem
    }, signal)
    if (error) failed(error)
    if (error?.failure.kind === 'throttled') return outcome
  }

  await pullInto(outcome, ports, plan, signal)
  if (outcome.pulled) {
    const error = await attempt(() => fetchVersions(ports, signal), signal)
    if (error) failed(error)
  }
  if (outcome.pulled && !auditError) await sendAudit()
  return outcome
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
