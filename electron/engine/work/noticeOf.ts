import { z } from 'zod'
import type { AuditPayload, AuditType } from '../../../shared/domain/auditEvent.ts'
import type { NewNotice } from '../db/repositories/notices.ts'

const StateChange = z.object({ to: z.string(), hasWork: z.boolean(), unsent: z.boolean() })

const count = z.number().catch(0)
const GoldDetails = z.object({ f1: count, missed: count, extra: count, wrongClass: count }).transform(({ f1, ...counts }) => ({ percent: Math.round(100 * f1), ...counts }))

/** What a person should know of something that is recorded; undefined for what only the record needs. */
export function noticeOf(type: AuditType, { taskId, details }: AuditPayload): NewNotice | undefined {
  switch (type) {
    case 'taskStateChanged': return ofStateChange(taskId, details)
    case 'receiptReceived': return details['late'] === true ? { code: 'lateWork', taskId, details: {} } : undefined
    case 'serverEpochChanged': return { code: 'serverRolledBack', details: { count: z.number().catch(0).parse(details['offered']) } }
    case 'deviceRegistered': return details['reason'] === 'firstStart' || details['reason'] === 'signedIn' ? undefined : { code: 'deviceRenewed', details: { reason: String(details['reason']) } }
    case 'recordRefused': return { code: 'recordRefused', details: { record: `${String(details['kind'])} ${String(details['id'])}`, reason: String(details['reason']) } }
    case 'removalsHeld': return { code: 'removalsHeld', details: { removals: z.number().parse(details['removals']), active: z.number().parse(details['active']) } }
    case 'draftLaidAside': return { code: 'draftLaidAside', taskId, details: { person: String(details['person']) } }
    case 'goldScoreReceived': return { code: 'goldScored', taskId, details: GoldDetails.parse(details) }
    case 'auditFaultFound': return { code: 'auditFault', details: { owner: String(details['owner']), device: String(details['device']), entry: `${String(details['epoch'])}/${String(details['seq'])}` } }
    // Refused work and other versions have lists of their own, which empty themselves.
    default: return undefined
  }
}

/** A task that goes away matters to those who worked on it. */
function ofStateChange(taskId: AuditPayload['taskId'], details: AuditPayload['details']): NewNotice | undefined {
  const change = StateChange.safeParse(details)
  if (!change.success) return undefined
  const { to, hasWork, unsent } = change.data
  if (to === 'cancelled' && hasWork) return { code: 'taskCancelled', taskId, details: { unsent: Number(unsent) } }
  if (to === 'released' && unsent) return { code: 'taskReleased', taskId, details: {} }
  return undefined
}
