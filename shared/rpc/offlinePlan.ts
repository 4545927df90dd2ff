import { z } from 'zod'

/** How many days one can be told to get ready for. */
export const MAX_PLANNED_DAYS = 60
export const PlannedDaysSchema = z.int().min(1).max(MAX_PLANNED_DAYS)

/** What can be worked on without a network, what could be, and what it takes to be ready for some days. Sizes in bytes. */
export const OfflinePlanSchema = z.object({
  /** Tasks that are still to be worked on, and those of them whose image is cached. */
  tasks: z.int(),
  offline: z.int(),
  /** How many the person finishes on a day with work; `assumed` while there is no such day yet. */
  tasksPerDay: z.number().positive(),
  assumed: z.boolean(),
  /** How many days of work are cached. */
  lastsDays: z.number(),
  missingImages: z.int(),
  missingBytes: z.number(),
  /** What still fits into the disk budget, and how many tasks would be offline then. */
  roomBytes: z.number(),
  offlineWhenFull: z.int(),
  /** What the link has brought lately, per second; missing until something was fetched. */
  bytesPerSecond: z.number().positive().optional(),
  /** The next days: the first tasks of the queue that they hold, and all that fall due. */
  goal: z.object({
    days: PlannedDaysSchema,
    tasks: z.int(),
    missingImages: z.int(),
    missingBytes: z.number(),
    fits: z.boolean(),
    seconds: z.number().optional(),
  }),
  /** Some of the missing images are pyramids, whose tiles are not counted in advance. */
  isLowerBound: z.boolean(),
})
export type OfflinePlan = z.infer<typeof OfflinePlanSchema>
