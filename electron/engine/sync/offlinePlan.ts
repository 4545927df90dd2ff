import type { AssetId, Instant } from '../../../shared/domain/ids.ts'
import type { OfflinePlan } from '../../../shared/rpc/offlinePlan.ts'

/** A task that is still to be worked on, and its image. */
export interface PlannedTask { assetId: AssetId; bytes: number; isCached: boolean; isPyramid: boolean; dueAt: Instant | undefined }

export interface PlanFacts {
  /** In queue order: by priority, due date and arrival. */
  tasks: readonly PlannedTask[]
  /** Tasks that the person finished on each of the last days with work. */
  finishedPerDay: readonly number[]
  /** Bytes that can be brought into the cache before the disk budget is used up. */
  roomBytes: number
  bytesPerSecond: number | undefined
  /** Milliseconds since 1970. */
  now: number
}

const DAY_MS = 24 * 3_600_000
/** Before the first day of work nobody knows; the plan says that it is an assumption. */
const ASSUMED_PER_DAY = 50

/** What is ready for work without a network, and what the next `days` days need. */
export function planOffline(facts: PlanFacts, days: number): OfflinePlan {
  const { tasks, roomBytes, bytesPerSecond } = facts
  const offline = tasks.filter(({ isCached }) => isCached).length
  const tasksPerDay = paceOf(facts)
  const missing = missingOf(tasks)
  const forDays = tasksForDays(facts, days)
  const needed = missingOf(forDays)
  return {
    tasks: tasks.length,
    offline,
    tasksPerDay,
    assumed: facts.finishedPerDay.length === 0,
    lastsDays: offline / tasksPerDay,
    missingImages: missing.count,
    missingBytes: missing.bytes,
    roomBytes,
    offlineWhenFull: offline + fittingTasks(tasks, roomBytes),
    ...(bytesPerSecond !== undefined && { bytesPerSecond }),
    goal: {
      days, tasks: forDays.length, missingImages: needed.count, missingBytes: needed.bytes, fits: needed.bytes <= roomBytes,
      ...(bytesPerSecond !== undefined && { seconds: needed.bytes / bytesPerSecond }),
    },
    isLowerBound: tasks.some(({ isCached, isPyramid }) => isPyramid && !isCached),
  }
}

/** The images that the next `days` days need and that are not cached. */
export function imagesForDays(facts: PlanFacts, days: number): Set<AssetId> {
  return new Set(tasksForDays(facts, days).filter(({ isCached }) => !isCached).map(({ assetId }) => assetId))
}

function tasksForDays(facts: PlanFacts, days: number): PlannedTask[] {
  const count = Math.ceil(days * paceOf(facts))
  const until = facts.now + days * DAY_MS
  return facts.tasks.filter(({ dueAt }, index) => index < count || (dueAt !== undefined && Date.parse(dueAt) <= until))
}

function paceOf({ finishedPerDay }: PlanFacts): number {
  if (finishedPerDay.length === 0) return ASSUMED_PER_DAY
  return finishedPerDay.reduce((sum, count) => sum + count, 0) / finishedPerDay.length
}

/** Images that are not cached, each once. */
function missingOf(tasks: readonly PlannedTask[]): { count: number; bytes: number } {
  const missing = new Map(tasks.filter(({ isCached }) => !isCached).map(({ assetId, bytes }) => [assetId, bytes]))
  return { count: missing.size, bytes: [...missing.values()].reduce((sum, bytes) => sum + bytes, 0) }
}

/** How many tasks get their image when it is fetched in queue order until there is no more room. */
function fittingTasks(tasks: readonly PlannedTask[], roomBytes: number): number {
  const fetched = new Set<AssetId>()
  let left = roomBytes
  let count = 0
  for (const { assetId, bytes, isCached } of tasks) {
    if (isCached) continue
    if (!fetched.has(assetId)) {
      if (bytes > left) break
      left -= bytes
      fetched.add(assetId)
    }
    count += 1
  }
  return count
}
