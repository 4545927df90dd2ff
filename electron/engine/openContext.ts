import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { UserIdSchema } from '../../shared/domain/ids.ts'
import type { DeviceId, UserId } from '../../shared/domain/ids.ts'
import type { EventName, EventPayload } from '../../shared/rpc/channels.ts'
import { openDeviceKey } from './audit/deviceKey.ts'
import { resetInterruptedFetches } from './db/repositories/assets.ts'
import { auditEpochs } from './db/repositories/auditLog.ts'
import { readMeta } from './db/repositories/meta.ts'
import { inTransaction } from './db/transaction.ts'
import { highWaterMarkFile, openStore } from './openStore.ts'
import type { Clock } from './sync/ports.ts'
import type { WorkContext } from './work/context.ts'
import { currentDevice, openIdentity } from './work/identity.ts'
import { keepHighWaterMark } from './work/keepHighWaterMark.ts'

/** Before a server has said whose token it is there are no tasks either, so nothing is ever signed with this. */
const NOBODY = UserIdSchema.parse('nobody')

export type EngineEvent = { [E in EventName]: { event: E; payload: EventPayload<E> } }[EventName]

/** An open workspace: its context, and what it has to tell. */
export interface OpenedContext {
  context: WorkContext
  /** What a window that connects must be told: how it was opened, and what happened since that matters for good. */
  notices: EventPayload<'engine.notice'>[]
  onEvent(listener: (event: EngineEvent) => void): () => void
  /** Closes the database, as the last thing. */
  close(): void
}

const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() }

/** Opens databases, key and identity of a workspace, from the named backup if there is one. @throws StartError, WorkspaceInUseError, RpcError. */
export function openContext(workspaceDir: string, backup?: string): OpenedContext {
  const clock = systemClock
  const { db, setback } = openStore(workspaceDir, clock, backup)
  const events = new EventEmitter<{ event: [EngineEvent] }>().setMaxListeners(0)
  try {
    const key = openDeviceKey(join(workspaceDir, 'device-key.pem'))
    const newest = auditEpochs(db).at(-1)
    const isKeyNew = newest !== undefined && newest.publicKey !== key.publicKey
    openIdentity({ db, key, clock }, setback)
    const stopMark = keepHighWaterMark({ db, key, clock }, highWaterMarkFile(workspaceDir))
    inTransaction(db, () => { resetInterruptedFetches(db) })
    const context: WorkContext = {
      db, key, clock,
      get deviceId(): DeviceId { return currentDevice(db) },
      get userId(): UserId { return readMeta(db, 'user')?.id ?? NOBODY },
      notify: (event, payload) => { events.emit('event', { event, payload } as EngineEvent) },
    }
    return {
      context,
      notices: [...(setback === undefined ? [] : [setback]), ...(isKeyNew ? ['deviceKeyChanged' as const] : [])].map((code) => ({ code, detail: workspaceDir })),
      onEvent: (listener) => {
        events.on('event', listener)
        return () => { events.off('event', listener) }
      },
      close() {
        stopMark()
        db.close()
      },
    }
  } catch (error) {
    db.close()
    throw error
  }
}
