import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { UserIdSchema } from '../../shared/domain/ids.ts'
import type { DeviceId, UserId } from '../../shared/domain/ids.ts'
import type { EventName, EventPayload } from '../../shared/rpc/channels.ts'
import { openDeviceKey } from './audit/deviceKey.ts'
import { resetInterruptedFetches } from './db/repositories/assets.ts'
import { readMeta } from './db/repositories/meta.ts'
import { inTransaction } from './db/transaction.ts'
import { openStore } from './openStore.ts'
import type { Clock } from './sync/ports.ts'
import type { WorkContext } from './work/context.ts'
import { currentDevice, openIdentity } from './work/identity.ts'

/** Before a server has said whose token it is there are no tasks either, so nothing is ever signed with this. */
const NOBODY = UserIdSchema.parse('nobody')

export type EngineEvent = { [E in EventName]: { event: E; payload: EventPayload<E> } }[EventName]

/** An open workspace: its context, and what it has to tell. */
export interface OpenedContext {
  context: WorkContext
  /** The database was damaged and a backup took its place. */
  restored: boolean
  onEvent(listener: (event: EngineEvent) => void): () => void
}

const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() }

/** Opens databases, key and identity of a workspace. @throws StartError, WorkspaceInUseError, RpcError. */
export function openContext(workspaceDir: string): OpenedContext {
  const clock = systemClock
  const { db, restored } = openStore(workspaceDir, clock)
  const events = new EventEmitter<{ event: [EngineEvent] }>().setMaxListeners(0)
  try {
    const key = openDeviceKey(join(workspaceDir, 'device-key.pem'))
    openIdentity({ db, key, clock }, restored)
    inTransaction(db, () => { resetInterruptedFetches(db) })
    const context: WorkContext = {
      db, key, clock,
      get deviceId(): DeviceId { return currentDevice(db) },
      get userId(): UserId { return readMeta(db, 'user')?.id ?? NOBODY },
      notify: (event, payload) => { events.emit('event', { event, payload } as EngineEvent) },
    }
    return {
      context, restored,
      onEvent: (listener) => {
        events.on('event', listener)
        return () => { events.off('event', listener) }
      },
    }
  } catch (error) {
    db.close()
    throw error
  }
}
