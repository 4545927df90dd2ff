import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Bytes kept aside so that a full disk still lets the workspace open and the outbox drain. */
const BALLAST_BYTES = 8 * 1024 * 1024
/** A ballast is laid only where it is at most this share of the free space. */
const FREE_SPACE_FACTOR = 16

/** Lays the ballast file if it is missing and there is plenty of room. Real bytes, because a sparse file would keep nothing aside. */
export function layBallast(path: string): void {
  if (existsSync(path)) return
  const { bavail, bsize } = statfsSync(dirname(path))
  if (bavail * bsize < BALLAST_BYTES * FREE_SPACE_FACTOR) return
  writeFileSync(path, Buffer.alloc(BALLAST_BYTES, 0xb5), { mode: 0o600 })
}

/** Gives the kept space back. Answers whether there was any. */
export function dropBallast(path: string): boolean {
  if (!existsSync(path)) return false
  rmSync(path)
  return true
}
