import PQueue from 'p-queue'
import type { RemoteError } from '../../../shared/api/remoteError.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import { Parallelism, type Bounds } from './parallelism.ts'
import type { Clock, SyncErrorNote } from './ports.ts'
import { asRemoteError, backoffMs, classify, isLinkFailure, ITEM_BACKOFF, noteOf } from './retryPolicy.ts'

/** What waits to be sent in one way, and what becomes of an item. */
export interface Lane<Item extends { taskId: TaskId; attempts: number }> {
  /** Items of one task are sent one after the other in this order. */
  items: readonly (readonly Item[])[]
  clock: Clock
  random: () => number
  /** Sends an item and keeps its receipt. */
  send: (item: Item, signal: AbortSignal) => Promise<void>
  scheduleRetry: (item: Item, nextAttemptAt: number, error: SyncErrorNote) => void
  layAside: (item: Item, error: SyncErrorNote) => void
}

/** What is sent is small, so that over a slow link its number and not its size counts: a hundred a second at a round trip of 300 ms take 60 at once. */
const AT_ONCE: Bounds = { first: 16, most: 64 }

/**
 * Sends the items of a lane. Items fail on their own, except that the later ones of a task wait with the one that is tried again; a failure of the link
 * ends the run and is charged to none of them. @returns what went wrong last, if anything did
 */
export async function pushLane<Item extends { taskId: TaskId; attempts: number }>(lane: Lane<Item>, signal: AbortSignal): Promise<RemoteError | undefined> {
  let failure: RemoteError | undefined
  let linkIsDown = false
  let sent = 0
  const parallelism = new Parallelism(lane.clock, AT_ONCE)
  const queue = new PQueue({ concurrency: parallelism.limit })
  const pushes = lane.items.map((itemsOfTask) => queue.add(async () => {
    for (const item of itemsOfTask) {
      if (linkIsDown || signal.aborted) return
      const failed = await pushItem(lane, item, signal)
      if (failed === undefined) parallelism.observe(++sent)
      else if (classify(failed.failure) !== 'deadLetter') parallelism.failed()
      if (queue.concurrency !== parallelism.limit) queue.concurrency = parallelism.limit
      if (failed === undefined) continue
      failure = failed
      linkIsDown ||= isLinkFailure(failed.failure)
      // Taken out of order, an older revision would become the newest one there.
      if (classify(failed.failure) !== 'deadLetter') return
    }
  }))
  // All of them, so that nothing writes to the store after this function has ended.
  const ended = await Promise.allSettled(pushes)
  signal.throwIfAborted()
  for (const end of ended) if (end.status === 'rejected') throw end.reason
  return failure
}

/** The items of each task in their order; tasks in the order of their first item. */
export function byTask<Item extends { taskId: TaskId }>(items: readonly Item[]): Item[][] {
  const groups = new Map<TaskId, Item[]>()
  for (const item of items) {
    const group = groups.get(item.taskId)
    if (group === undefined) groups.set(item.taskId, [item])
    else group.push(item)
  }
  return [...groups.values()]
}

async function pushItem<Item extends { taskId: TaskId; attempts: number }>(lane: Lane<Item>, item: Item, signal: AbortSignal): Promise<RemoteError | undefined> {
  try {
    await lane.send(item, signal)
    return undefined
  } catch (error) {
    signal.throwIfAborted()
    const failed = asRemoteError(error)
    endAttempt(lane, item, failed)
    return failed
  }
}

function endAttempt<Item extends { taskId: TaskId; attempts: number }>({ clock, random, scheduleRetry, layAside }: Lane<Item>, item: Item, error: RemoteError): void {
  if (isLinkFailure(error.failure)) return
  const now = clock.now()
  const end = classify(error.failure)
  switch (end) {
    case 'deadLetter': return layAside(item, noteOf(error, now))
    // A grant is asked for anew at each attempt, which is all the refreshing it needs.
    case 'refresh': case 'retry': return scheduleRetry(item, now + backoffMs(item.attempts + 1, ITEM_BACKOFF, random), noteOf(error, now))
    default: assertNever(end, 'end of an attempt')
  }
}
