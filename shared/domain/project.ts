import { z } from 'zod'
import { ProjectIdSchema, SchemaHashSchema } from './ids.ts'

/** A body of work with one current label schema; a task stays pinned to the version it was assigned with. */
export const ProjectSchema = z.object({
  id: ProjectIdSchema,
  name: z.string().min(1).max(200),
  description: z.string().max(10_000).default(''),
  schemaHash: SchemaHashSchema,
})
export type Project = z.infer<typeof ProjectSchema>
