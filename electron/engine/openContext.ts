import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserIdSchema } from '../../shared/domain/ids.ts'
import type { DeviceId, UserId } from '../../shared/domain/ids.ts'
import type { EventName, EventPayload } from '../../shared/rpc/channels.ts'
import { RpcError } from '../../shared/rpc/errors.ts'
import type { ViewOnlyReason } from '../../shared/rpc/workspace.ts'
import { openDeviceKey } from './audit/deviceKey.ts'
import type { DeviceKey } from './audit/deviceKey.ts'
import { resetInterruptedFetches } from './db/repositories/assets.ts'
import { auditEpochs } from './db/repositories/auditLog.ts'
import { readMeta } from './db/repositories/meta.ts'
import { noteMissingFacts } from './db/repositories/revisionFacts.ts'
import type { WorkDatabase } from './db/sqlite.ts'
import { inTransaction } from './db/transaction.ts'
import { highWaterMarkFile, openStore } from './openStore.ts'
import type { Clock } from './sync/ports.ts'
import type { Notify, WorkContext } from './work/context.ts'
import { currentDevice, openIdentity } from './work/identity.ts'
import { keepHighWaterMark } from './work/keepHighWaterMark.ts'

/** Before a server has said whose token it is there are no tasks either, so nothing is ever signed with this. */
const NOBODY = UserIdSchema.parse('nobody')

export type EngineEvent = { [E in EventName]: { event: E; payload: EventPayload<E> } }[EventName]

/** An open workspace: its context, and what it has to tell. */
export interface OpenedContext {
  context: WorkContext
  /** Why it is open for looking only: nothing of it may be written then. */
  viewOnly?: ViewOnlyReason
  /** What a window that connects must be told: how it was opened, and what happened since that matters for good. */
  notices: EventPayload<'engine.notice'>[]
  onEvent(listener: (event: EngineEvent) => void): () => void
  /** Closes the database, as the last thing. */
  close(): void
}

const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() }

/** Opens databases, key and identity of a workspace, from the named backup if there is one. One that cannot be written is opened for looking only. @throws StartError, WorkspaceInUseError, RpcError. */
export function openContext(workspaceDir: string, backup?: string): OpenedContext {
  const clock = systemClock
  const { db, setback, viewOnly } = openStore(workspaceDir, clock, backup)
  if (viewOnly !== undefined) return viewContext(workspaceDir, db, clock, viewOnly)
  const events = new EventEmitter<{ event: [EngineEvent] }>().setMaxListeners(0)
  try {
    const key = openDeviceKey(join(workspaceDir, 'device-key.pem'))
    const newest = auditEpochs(db).at(-1)
    const isKeyNew = newest !== undefined && newest.publicKey !== key.publicKey
    openIdentity({ db, key, clock }, setback)
    const stopMark = keepHighWaterMark({ db, key, clock }, highWaterMarkFile(workspaceDir))
    inTransaction(db, () => {
      resetInterruptedFetches(db)
      noteMissingFacts(db)
    })
    const context = contextOf(db, key, clock, (event, payload) => { events.emit('event', { event, payload } as EngineEvent) })
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

function contextOf(db: WorkDatabase, key: DeviceKey, clock: Clock, notify: Notify): WorkContext {
  return {
    db, key, clock, notify,
    get deviceId(): DeviceId { return currentDevice(db) },
    get userId(): UserId { return readMeta(db, 'user')?.id ?? NOBODY },
  }
}

/** What can be looked at without a byte being written, a key neither. */
function viewContext(workspaceDir: string, db: WorkDatabase, clock: Clock, viewOnly: ViewOnlyReason): OpenedContext {
  const keyFile = join(workspaceDir, 'device-key.pem')
  const key = existsSync(keyFile) ? openDeviceKey(keyFile) : NO_KEY
  return { context: contextOf(db, key, clock, () => undefined), viewOnly, notices: [], onEvent: () => () => undefined, close: () => { db.close() } }
}

const NO_KEY: DeviceKey = {
  publicKey: '',
  sign: () => { throw new RpcError('readOnly', 'The key of this device is missing, and none is made while the workspace is open for looking only') },
}
