import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { canonicalJson } from '../../../shared/domain/canonicalJson.ts'

/**
 * Whether a server's signed record holds: `signature` is Ed25519, base64, over `domain + "\n" + canonical JSON` of the record without it.
 * `publicKey` is SPKI in PEM. A malformed key or signature does not hold.
 */
export function isSignedBy(publicKey: string, domain: string, record: { signature: string }): boolean {
  const { signature, ...statement } = record
  return verifies(publicKey, Buffer.from(`${domain}\n${canonicalJson(statement)}`), signature)
}

/** Whether an Ed25519 signature (base64) over `bytes` holds. */
export function verifies(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  try {
    return verify(null, bytes, keyOf(publicKey), Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/** Reading a key takes longer than verifying with it. */
const keys = new Map<string, KeyObject>()
const MOST_KEYS = 100

function keyOf(publicKey: string): KeyObject {
  const known = keys.get(publicKey)
  if (known !== undefined) return known
  const key = createPublicKey(publicKey)
  if (keys.size >= MOST_KEYS) keys.clear()
  keys.set(publicKey, key)
  return key
}
