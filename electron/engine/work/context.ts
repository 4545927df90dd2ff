import type { DeviceKey } from '../audit/deviceKey.ts'
import type { WorkDatabase } from '../db/sqlite.ts'
import { instantOf } from '../../../shared/domain/ids.ts'
import type { DeviceId, Instant, UserId } from '../../../shared/domain/ids.ts'
import type { EventName, EventPayload } from '../../../shared/rpc/channels.ts'
import type { Clock } from '../sync/ports.ts'

/** Tells the windows that something changed; called after the commit, never inside a transaction. */
export type Notify = <E extends EventName>(event: E, payload: EventPayload<E>) => void

/**
 * What every use case works with. `userId` is whose work it is; `deviceId` and `key` are this workstation's; the former may
 * change while it runs, see `recordAuditFork`.
 */
export interface WorkContext {
  readonly db: WorkDatabase
  readonly key: DeviceKey
  readonly clock: Clock
  readonly deviceId: DeviceId
  readonly userId: UserId
  readonly notify: Notify
}

/** The wall clock's time as it is written into records. */
export function instantNow(clock: Clock): Instant {
  return instantOf(clock.now())
}
