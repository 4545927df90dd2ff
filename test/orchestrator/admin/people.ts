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

/** Makes a person, or changes the name and roles of one. */
export async function saveUser(trx: Trx, { id, name, roles }: NewUser): Promise<UserId> {
  const row = { id: UserIdSchema.parse(id), name, roles: JSON.stringify(roles) }
  await trx.insertInto('users').values(row).onConflict((conflict) => conflict.column('id').doUpdateSet({ name, roles: row.roles })).execute()
  return row.id
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
  if (!mayReview(rolesOf(user.roles))) return
  const tasks = await trx.selectFrom('tasks').select('id').where('projectId', '=', projectId).where('deleted', '=', 0).orderBy('id').execute()
  for (const task of tasks) await announceWork(trx, [userId], task.id)
}
