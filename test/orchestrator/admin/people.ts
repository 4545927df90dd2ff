import { randomBytes } from 'node:crypto'
import { UserIdSchema } from '../../../shared/domain/ids.ts'
import type { UserId } from '../../../shared/domain/ids.ts'
import { announceWork } from './work.ts'
import { inWrite } from '../db/open.ts'
import { announce } from '../db/changes.ts'
import { rolesOf } from '../db/records.ts'
import type { Role } from '../../../shared/domain/role.ts'
import type { Trx } from '../db/tables.ts'
import { tokenHash } from '../http/auth.ts'
import { instantOf } from '../../../shared/domain/ids.ts'
import { mayReview } from '../../../shared/domain/role.ts'
import type { Services } from '../http/services.ts'

export interface NewUser {
  id: string
  name: string
  roles: readonly Role[]
}

/** Makes a person, or changes the name and roles of one, who is told of what they may see from then on, and of tasks that they may see no more. */
export async function saveUser(trx: Trx, { id, name, roles }: NewUser): Promise<UserId> {
  const row = { id: UserIdSchema.parse(id), name, roles: JSON.stringify(roles) }
  const before = await trx.selectFrom('users').select('roles').where('id', '=', row.id).executeTakeFirst()
  await trx.insertInto('users').values(row).onConflict((conflict) => conflict.column('id').doUpdateSet({ name, roles: row.roles })).execute()
  if (before !== undefined && mayReview(rolesOf(before.roles)) !== mayReview(roles)) await announceView(trx, row.id, mayReview(roles))
  return row.id
}

/** Gives a person other roles. @throws when there is no such person. */
export function setRoles({ db }: Services, userId: string, roles: readonly Role[]): Promise<void> {
  return inWrite(db, async (trx) => {
    const { name } = await trx.selectFrom('users').select('name').where('id', '=', userId).executeTakeFirstOrThrow()
    await saveUser(trx, { id: userId, name, roles })
  })
}

/** Tells somebody who begins or ceases to review of the tasks of all their projects. */
async function announceView(trx: Trx, userId: UserId, reviews: boolean): Promise<void> {
  const projects = await trx.selectFrom('projectMembers').select('projectId').where('userId', '=', userId).orderBy('projectId').execute()
  for (const { projectId } of projects) await (reviews ? announceAll(trx, userId, projectId) : announceOwn(trx, userId, projectId))
}

async function announceAll(trx: Trx, userId: string, projectId: string): Promise<void> {
  const tasks = await trx.selectFrom('tasks').select('id').where('projectId', '=', projectId).where('deleted', '=', 0).orderBy('id').execute()
  for (const task of tasks) await announceWork(trx, [userId], task.id)
}

/** What belongs to a task that is gone goes with it. The person's own come again, for they are told less of them now. */
async function announceOwn(trx: Trx, userId: string, projectId: string): Promise<void> {
  const tasks = await trx.selectFrom('tasks').select(['id', 'assignee']).where('projectId', '=', projectId).where('deleted', '=', 0).orderBy('id').execute()
  await announce(trx, [userId], tasks.map(({ id, assignee }) => ({ kind: 'task', op: assignee === userId ? 'upsert' : 'delete', recordId: id })))
}

/** Makes a token known for a person; the database keeps its hash only. */
export async function saveToken(trx: Trx, userId: string, token: string, now: number): Promise<void> {
  const row = { hash: tokenHash(token), userId, createdAt: instantOf(now), revokedAt: null }
  await trx.insertInto('tokens').values(row).onConflict((conflict) => conflict.column('hash').doNothing()).execute()
}

/** Makes a person with a token, which is told this once. */
export function createUser({ db, now }: Services, user: NewUser): Promise<string> {
  const token = `fm_${randomBytes(32).toString('base64url')}`
  return inWrite(db, async (trx) => {
    await saveToken(trx, await saveUser(trx, user), token, now())
    return token
  })
}

/** From now on the token is refused with 401. @throws when no such token works. */
export async function revokeToken({ db, now }: Services, token: string): Promise<void> {
  const { numUpdatedRows } = await db.updateTable('tokens').set({ revokedAt: instantOf(now()) })
    .where('hash', '=', tokenHash(token)).where('revokedAt', 'is', null).executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Error('There is no such token')
}

/** Lets a person work in a project and tells them of it; a reviewer is told of all its tasks. */
export async function addMember(trx: Trx, projectId: string, userId: string): Promise<void> {
  const { numInsertedOrUpdatedRows } = await trx.insertInto('projectMembers').values({ projectId, userId })
    .onConflict((conflict) => conflict.columns(['projectId', 'userId']).doNothing()).executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) return
  const schemas = await trx.selectFrom('projectSchemas').select('schemaHash').where('projectId', '=', projectId).orderBy('schemaHash').execute()
  await announce(trx, [userId], [
    ...schemas.map(({ schemaHash }) => ({ kind: 'labelSchema' as const, op: 'upsert' as const, recordId: schemaHash })),
    { kind: 'project', op: 'upsert', recordId: projectId },
  ])
  const user = await trx.selectFrom('users').select('roles').where('id', '=', userId).executeTakeFirstOrThrow()
  if (mayReview(rolesOf(user.roles))) await announceAll(trx, userId, projectId)
}
