import { setTimeout as sleep } from 'node:timers/promises'
import type { SyncStatus } from '../../../shared/rpc/syncStatus.ts'
import { StationDied, type Station } from '../stations/station.ts'
import type { Desk } from './world.ts'

/** How long the queue may take to drain by itself once the faults have stopped, in milliseconds, on a busy computer. */
const DRAINS_WITHIN_MS = 45_000
const LOOK_EVERY_MS = 25

/** A queue that did not drain by itself. */
export class NotDrained extends Error {
  override readonly name = 'NotDrained'
}

/** The faults stop: from now on every request passes. */
export function heal(desks: readonly Desk[]): void {
  for (const { proxy } of desks) proxy.decide = () => ({ kind: 'pass' })
}

/** Waits, without a word to the engines, until each says that everything is synced. @throws NotDrained. */
export async function untilDrained(desks: readonly Desk[], isDone: (status: SyncStatus) => boolean = ({ phase }) => phase === 'synced'): Promise<void> {
  const end = Date.now() + DRAINS_WITHIN_MS
  for (const { station } of desks) {
    for (;;) {
      const status = await statusOf(station)
      if (status && isDone(status)) break
      if (Date.now() > end) throw new NotDrained(`liveness: the queue did not drain: ${JSON.stringify(status)}`)
      await sleep(LOOK_EVERY_MS)
    }
  }
}

/** A process whose life was bound to end is started again, and a wish to work offline that it ended with is taken back. */
async function statusOf(station: Station): Promise<SyncStatus | undefined> {
  try {
    if (!station.isAlive) await station.start()
    const status = await station.call('sync.status', {})
    return status.workOffline ? await station.call('sync.setWorkOffline', { workOffline: false }) : status
  } catch (error) {
    if (error instanceof StationDied) return undefined
    throw error
  }
}

/**
 * Asks each engine for whole rounds and waits until they are through: a server that was rolled back is found out by the next poll, which is not
 * waited for in a test. Two, because one may be under way already.
 */
export async function syncAgain(desks: readonly Desk[]): Promise<void> {
  for (const desk of [...desks, ...desks]) {
    const before = await statusOf(desk.station)
    // A life that was bound to end may end right now; the next one begins with a round.
    await desk.station.call('sync.now', {}).catch((error: unknown) => { if (!(error instanceof StationDied)) throw error })
    await untilDrained([desk], (status) => status.phase === 'synced' && status.lastSyncAt !== before?.lastSyncAt)
  }
}
