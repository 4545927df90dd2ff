import { saveToken, saveUser } from './admin/people.ts'
import { inWrite } from './db/open.ts'
import type { Services } from './http/services.ts'

export const DEMO_ANNOTATOR = { id: 'demo-annotator', name: 'Ada Annotator', roles: ['annotator'] } as const
export const DEMO_REVIEWER = { id: 'demo-reviewer', name: 'Rita Reviewer', roles: ['reviewer'] } as const

export interface SeedTokens {
  annotator: string
  reviewer: string
}

/**
 * The two people whom every orchestrator has. Their tokens are made from the secret of the data folder, so that a restart tells the
 * same ones although only hashes are kept.
 */
export async function seedPeople({ db, keys, now }: Services): Promise<SeedTokens> {
  const tokenOf = (userId: string) => `fm_${keys.mac('fieldmark.seed-token/1', userId)}`
  const tokens = { annotator: tokenOf(DEMO_ANNOTATOR.id), reviewer: tokenOf(DEMO_REVIEWER.id) }
  await inWrite(db, async (trx) => {
    await saveToken(trx, await saveUser(trx, DEMO_ANNOTATOR), tokens.annotator, now())
    await saveToken(trx, await saveUser(trx, DEMO_REVIEWER), tokens.reviewer, now())
  })
  return tokens
}
