import { verify } from 'node:crypto'
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
    return verify(null, bytes, publicKey, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}
