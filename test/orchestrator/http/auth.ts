import { createHash } from 'node:crypto'
import { UserIdSchema } from '../../../shared/domain/ids.ts'
import { rolesOf } from '../db/records.ts'
import type { Database } from '../db/tables.ts'
import { unauthenticated } from './problems.ts'
import type { Caller } from './services.ts'

/** What the database keeps of a token. Tokens are long and random, so a plain hash cannot be searched. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Finds out who sends an `Authorization: Bearer` header. @throws ProblemError 401 when it is missing, unknown or revoked. */
export async function authenticate(db: Database, authorization: string | undefined): Promise<Caller> {
  const token = /^Bearer ([\w-]{20,200})$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) throw unauthenticated()
  const user = await db.selectFrom('tokens').innerJoin('users', 'users.id', 'tokens.userId')
    .where('tokens.hash', '=', tokenHash(token)).where('tokens.revokedAt', 'is', null)
    .select(['users.id', 'users.name', 'users.roles']).executeTakeFirst()
  if (!user) throw unauthenticated()
  return { userId: UserIdSchema.parse(user.id), name: user.name, roles: rolesOf(user.roles) }
}
