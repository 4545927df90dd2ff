import { z } from 'zod'

/** What a person may do, as the orchestrator says. A reviewer sees the tasks and results of others; an administrator may do what a reviewer may. */
export const RoleSchema = z.enum(['annotator', 'reviewer', 'admin'])
export type Role = z.infer<typeof RoleSchema>

/** Whether somebody with these roles may decide on the results of others. */
export function mayReview(roles: readonly Role[]): boolean {
  return roles.includes('reviewer') || roles.includes('admin')
}
