import { z } from 'zod'
import { AssetIdSchema, InstantSchema, ProjectIdSchema, Sha256Schema, TaskIdSchema } from '../domain/ids.ts'
import { TaskProblemSchema, TaskStandingSchema } from '../domain/task.ts'

/** Whether the image can be opened without a network. */
export const PrefetchStateSchema = z.enum(['missing', 'fetching', 'ready', 'failed'])
export type PrefetchState = z.infer<typeof PrefetchStateSchema>

/** A line of the queue. `name` is the asset's. */
export const TaskRowSchema = z.object({
  id: TaskIdSchema,
  projectId: ProjectIdSchema,
  assetId: AssetIdSchema,
  /** Names the thumbnail; missing while the asset's record has not arrived. */
  imageSha256: Sha256Schema.optional(),
  name: z.string(),
  standing: TaskStandingSchema,
  priority: z.int(),
  dueAt: InstantSchema.optional(),
  tags: z.record(z.string(), z.string()),
  shapeCount: z.int().nonnegative(),
  prefetch: PrefetchStateSchema,
  problem: TaskProblemSchema.optional(),
  updatedAt: InstantSchema,
})
export type TaskRow = z.infer<typeof TaskRowSchema>

export const TaskFilterSchema = z.object({
  projectId: ProjectIdSchema.optional(),
  standings: z.array(TaskStandingSchema).default([]),
  minPriority: z.int().optional(),
  tag: z.object({ key: z.string(), value: z.string() }).optional(),
  /** Matches the asset's name, the task's id and its tags, in any letter case. */
  text: z.string().max(200).default(''),
})
export type TaskFilter = z.infer<typeof TaskFilterSchema>

export const TaskSortSchema = z.object({
  by: z.enum(['queue', 'name', 'standing', 'priority', 'dueAt', 'updatedAt', 'shapeCount']),
  descending: z.boolean().default(false),
})
export type TaskSort = z.infer<typeof TaskSortSchema>

/** A filter with its order: what "next" and "previous" walk along. `queue` order is priority, due date, then arrival. */
export const TaskQuerySchema = z.object({
  filter: TaskFilterSchema.prefault({}),
  sort: TaskSortSchema.default({ by: 'queue', descending: false }),
})
export type TaskQuery = z.infer<typeof TaskQuerySchema>
