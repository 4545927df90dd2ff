import { setTimeout as sleep } from 'node:timers/promises'
import { PROBLEM_MEDIA_TYPE } from '../../../shared/api/problem.ts'
import type { SyncStatus } from '../../../shared/rpc/syncStatus.ts'
import type { Fault } from '../faultProxy.ts'
import type { Desk, World } from './world.ts'

/** Something that an engine goes through. It can be begun again by a later life, on what the one before left. */
export interface Part {
  /** Ada reviews, too. */
  reviews?: true
  /** What happens before the engine starts. */
  before?: (scene: Scene) => Promise<void> | void
  /** What happens to the running engine. @throws StationDied when it ended on the way. */
  happens: (scene: Scene) => Promise<void>
}
export interface Scene { world: World; desk: Desk; life: number }

export const LONGEST_MS = 30_000

/** Waits for a status. @throws StationDied when the engine ends before. */
export async function until({ station }: Desk, isSo: (status: SyncStatus) => boolean): Promise<void> {
  const end = Date.now() + LONGEST_MS
  for (;;) {
    const status = await station.call('sync.status', {})
    if (isSo(status)) return
    if (Date.now() > end) throw new Error(`It never came to that: ${JSON.stringify(status)}`)
    await sleep(20)
  }
}

export const isSynced = ({ phase }: SyncStatus) => phase === 'synced'
export const refusal = (status: number, code: string): Fault => ({ kind: 'answer', status, headers: { 'content-type': PROBLEM_MEDIA_TYPE }, body: JSON.stringify({ title: code, status, code }) })

/** The next requests to a path meet a fault; then all pass again. */
export function meetOnce({ proxy }: Desk, begins: string, fault: Fault, times = 1): void {
  let left = times
  proxy.decide = ({ method, path }) => (method === 'POST' && path.startsWith(begins) && left-- > 0 ? fault : { kind: 'pass' })
}
