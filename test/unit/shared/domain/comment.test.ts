import { describe, expect, it } from 'vitest'
import { CommentSchema, threadsOf } from '../../../../shared/domain/comment.ts'
import type { Comment } from '../../../../shared/domain/comment.ts'

let minute = 0
const remark = (id: string, threadId: string, act: unknown): Comment =>
  CommentSchema.parse({ id, threadId, taskId: 'task-1', author: 'ada', createdAt: new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString(), act })
const open = remark('a', 'a', { kind: 'opened', anchor: { kind: 'shape', shapeId: 'shape-1', x: 1, y: 2 }, text: 'Is this a dog?' })
const answer = remark('b', 'a', { kind: 'replied', text: 'A cat.' })
const resolved = remark('c', 'a', { kind: 'resolved' })
const reopened = remark('d', 'a', { kind: 'reopened' })

describe('threads', () => {
  it('come out the same in whatever order the remarks arrived', () => {
    const expected = [{ id: 'a', anchor: { kind: 'shape' }, resolved: true, remarks: [open, answer, resolved] }]
    expect(threadsOf([open, answer, resolved])).toMatchObject(expected)
    expect(threadsOf([resolved, answer, open])).toMatchObject(expected)
  })

  it('stand as the last remark left them', () => {
    expect(threadsOf([open, answer])[0]?.resolved).toBe(false)
    expect(threadsOf([open, resolved, reopened])[0]?.resolved).toBe(false)
  })

  it('leave out an answer until the question is here', () => {
    expect(threadsOf([answer])).toEqual([])
  })
})
