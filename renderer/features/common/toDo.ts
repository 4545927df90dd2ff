import type { TaskStanding } from '../../../shared/domain/task.ts'

/** The standings of tasks that still want work by this person. */
export const TO_DO: TaskStanding[] = ['new', 'inProgress', 'returned']
