import { z } from 'zod'
import { assertNever } from './assertNever.ts'
import { CommentIdSchema, InstantSchema, RevisionIdSchema, ShapeIdSchema, TaskIdSchema, UserIdSchema } from './ids.ts'
import type { CommentId } from './ids.ts'

const text = z.string().trim().min(1).max(10_000)
const pixels = z.number().min(-1e6).max(1e6)

/** What a thread is pinned to: a shape, a place in the image (both with a place in pixels to be led to), or the task as a whole. */
export const CommentAnchorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('shape'), shapeId: ShapeIdSchema, x: pixels, y: pixels }),
  z.object({ kind: z.literal('place'), x: pixels, y: pixels }),
  z.object({ kind: z.literal('task') }),
])
export type CommentAnchor = z.infer<typeof CommentAnchorSchema>

/** What a comment does in its thread. The first one opens it; who settles it may be contradicted by opening it again. */
export const CommentActSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened'), anchor: CommentAnchorSchema, text }),
  z.object({ kind: z.literal('replied'), text }),
  z.object({ kind: z.literal('resolved') }),
  z.object({ kind: z.literal('reopened') }),
])
export type CommentAct = z.infer<typeof CommentActSchema>

/**
 * One remark in a thread about a task; never changed and never removed, so that threads of several devices merge by collecting. `threadId` is the id of
 * the remark that opened the thread; `revisionId` is what its author looked at, if that was a frozen result.
 */
export const CommentSchema = z.object({
  id: CommentIdSchema,
  threadId: CommentIdSchema,
  taskId: TaskIdSchema,
  revisionId: RevisionIdSchema.optional(),
  author: UserIdSchema,
  createdAt: InstantSchema,
  act: CommentActSchema,
})
export type Comment = z.infer<typeof CommentSchema>

/** A thread as it stands; `remarks` in the order of their making, the opening one first. */
export interface CommentThread {
  id: CommentId
  anchor: CommentAnchor
  resolved: boolean
  remarks: Comment[]
}

/** The threads that comments make up, oldest first. Remarks whose thread's beginning is not here are left out until it is. */
export function threadsOf(comments: readonly Comment[]): CommentThread[] {
  const inOrder = [...comments].sort((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id))
  const threads = new Map<CommentId, CommentThread>()
  for (const comment of inOrder) {
    if (comment.act.kind === 'opened') threads.set(comment.id, { id: comment.id, anchor: comment.act.anchor, resolved: false, remarks: [comment] })
  }
  for (const comment of inOrder) {
    const thread = threads.get(comment.threadId)
    if (thread !== undefined && comment.act.kind !== 'opened') addTo(thread, comment)
  }
  return [...threads.values()]
}

function addTo(thread: CommentThread, comment: Comment): void {
  thread.remarks.push(comment)
  switch (comment.act.kind) {
    case 'resolved': thread.resolved = true; return
    case 'reopened': thread.resolved = false; return
    case 'opened': case 'replied': return
    default: assertNever(comment.act, 'act')
  }
}
