import { z } from 'zod'
import { SubmissionIdSchema } from '../domain/ids.ts'
import { SyncNoteSchema } from './syncStatus.ts'

/** What a person who has a task open should know of it beyond the task itself. */
export const TaskNoticeSchema = z.discriminatedUnion('kind', [
  /** The orchestrator will not take the newest result, for the reason in `error`. */
  z.object({ kind: z.literal('refused'), submissionId: SubmissionIdSchema, error: SyncNoteSchema }),
])
export type TaskNotice = z.infer<typeof TaskNoticeSchema>
