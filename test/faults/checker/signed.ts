import { createHash, verify } from 'node:crypto'

/** SHA-256 in lower-case hexadecimal. */
export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** JSON as RFC 8785 writes it: keys in the order of their UTF-16 units, numbers and strings as ECMAScript does. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).filter(([, member]) => member !== undefined).sort(([left], [right]) => (left < right ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`
}

/** Whether an Ed25519 signature (base64) by a key (SPKI in PEM) holds over bytes. */
export function isSigned(publicKey: string, bytes: Uint8Array, signature: unknown): boolean {
  return typeof signature === 'string' && verify(null, bytes, publicKey, Buffer.from(signature, 'base64'))
}

/** Whether a statement that carries its signature over `domain`, a line feed and its canonical JSON was signed by a key. */
export function isSignedStatement(publicKey: string, domain: string, { signature, ...statement }: Record<string, unknown>): boolean {
  return isSigned(publicKey, Buffer.from(`${domain}\n${canonical(statement)}`), signature)
}
