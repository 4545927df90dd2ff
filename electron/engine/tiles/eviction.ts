import type { Sha256 } from '../../../shared/domain/ids.ts'

export interface CachedObject {
  sha256: Sha256
  bytes: number
}

/**
 * Which objects to drop so that `excessBytes` become free: the least recently used that nobody needs.
 * Undefined when dropping all of those would not be enough; then nothing should be dropped.
 * @param byLastUse oldest use first
 */
export function planEviction(byLastUse: readonly CachedObject[], excessBytes: number, isNeeded: (sha256: Sha256) => boolean): Sha256[] | undefined {
  const dropped: Sha256[] = []
  let missing = excessBytes
  for (const { sha256, bytes } of byLastUse) {
    if (missing <= 0) break
    if (isNeeded(sha256)) continue
    dropped.push(sha256)
    missing -= bytes
  }
  return missing <= 0 ? dropped : undefined
}
