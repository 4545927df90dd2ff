import canonicalize from 'canonicalize'

/**
 * Canonical JSON by RFC 8785: the same value always gives the same text, so it can be hashed and signed.
 * @throws when the value cannot be written as JSON (undefined, functions, NaN, infinities).
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('The value cannot be written as JSON')
  return text
}
