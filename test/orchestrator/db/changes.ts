import { sql } from 'kysely'
import { mayReview } from '../../../shared/domain/role.ts'
import type { Trx } from './tables.ts'
import { rolesOf } from './records.ts'

export type RecordKind = 'project' | 'labelSchema' | 'asset' | 'task' | 'prediction' | 'review' | 'comment' | 'revision' | 'gold' | 'goldScore'

/** A record that people must hear of: its present state, or that it is gone for them. */
export interface Announcement {
  kind: RecordKind
  op: 'upsert' | 'delete'
  recordId: string
}

/** The number of parameters in one INSERT stays below what SQLite and PostgreSQL take. */
const ROWS_PER_INSERT = 1000

/**
 * Appends changes for people, in the order given: what a record refers to comes before it. Must run inside `inWrite`, whose lock
 * makes the numbers contiguous and visible in order.
 */
export async function announce(trx: Trx, userIds: readonly string[], announcements: readonly Announcement[]): Promise<void> {
  const rows = userIds.flatMap((userId) => announcements.map((announcement) => ({ userId, ...announcement })))
  if (rows.length === 0) return
  const state = await trx.updateTable('serverState').set({ changeSeq: sql<number>`change_seq + ${sql.lit(rows.length)}` }).where('id', '=', 1)
    .returning('changeSeq').executeTakeFirstOrThrow()
  const first = state.changeSeq - rows.length + 1
  const numbered = rows.map((row, index) => ({ seq: first + index, ...row }))
  for (let start = 0; start < numbered.length; start += ROWS_PER_INSERT) {
    await trx.insertInto('changes').values(numbered.slice(start, start + ROWS_PER_INSERT)).execute()
  }
}

/** Who sees a task: the person it is assigned to and the reviewers of its project. */
export async function audienceOf(trx: Trx, task: { projectId: string; assignee: string | null }): Promise<string[]> {
  const reviewers = await reviewersOf(trx, task.projectId)
  return [...new Set([...(task.assignee === null ? [] : [task.assignee]), ...reviewers])]
}

/** Members of a project who may review its tasks, and so see all of them. */
export async function reviewersOf(trx: Trx, projectId: string): Promise<string[]> {
  const members = await trx.selectFrom('projectMembers').innerJoin('users', 'users.id', 'projectMembers.userId')
    .where('projectId', '=', projectId).select(['users.id', 'users.roles']).orderBy('users.id').execute()
  return members.filter((member) => mayReview(rolesOf(member.roles))).map((member) => member.id)
}

/** Announces a task's new state to everyone who sees it. */
export async function announceTask(trx: Trx, task: { id: string; projectId: string; assignee: string | null }): Promise<void> {
  await announce(trx, await audienceOf(trx, task), [{ kind: 'task', op: 'upsert', recordId: task.id }])
}
