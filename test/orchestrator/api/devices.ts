import { createPublicKey } from 'node:crypto'
import { inWrite } from '../db/open.ts'
import type { Handler } from '../http/endpointTypes.ts'
import { conflict, invalid } from '../http/problems.ts'
import { instantOf } from '../../../shared/domain/ids.ts'

/** The same device with the same key may register again and again; an id never changes its key or its owner. */
export const registerDevice: Handler<'registerDevice'> = async ({ db, keys, now }, { body, caller }) => {
  const publicKey = normalizedKey(body.publicKey)
  await inWrite(db, async (trx) => {
    const held = await trx.selectFrom('devices').selectAll().where('id', '=', body.deviceId).executeTakeFirst()
    if (held && held.userId !== caller.userId) throw conflict('This device belongs to somebody else')
    if (held && held.publicKey !== publicKey) throw conflict('This device is known with another key')
    const { name, appVersion } = body
    if (held) await trx.updateTable('devices').set({ name, appVersion }).where('id', '=', body.deviceId).execute()
    else await trx.insertInto('devices').values({ id: body.deviceId, userId: caller.userId, name, publicKey, appVersion, registeredAt: instantOf(now()) }).execute()
  })
  return { deviceId: body.deviceId, serverKeyId: keys.serverKeyId, serverPublicKey: keys.serverPublicKey, serverTime: instantOf(now()) }
}

/** The key in one spelling, so that line ends do not make another key of it. */
function normalizedKey(pem: string): string {
  try {
    const key = createPublicKey(pem)
    if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not Ed25519')
    return key.export({ type: 'spki', format: 'pem' }).toString()
  } catch {
    throw invalid('publicKey must be an Ed25519 public key as SPKI in PEM')
  }
}
