import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Runs `work` while no other process runs work under the same lock file. A lock whose owner is gone is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true })
  let told = false
  while (!tryLock(file)) {
    if (!told) console.log(`Waiting for another process that holds ${file}`)
    told = true
    await sleep(200)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

/**
 * @param {string} file
 * @returns {boolean} whether this process holds the lock now
 */
function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
  }
  if (ownerIsAlive(file)) return false
  rmSync(file, { force: true })
  return tryLock(file)
}

/** @param {string} file */
function ownerIsAlive(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    // An empty file is a lock in the making, unless its maker died in between.
    return pid === 0 ? Date.now() - statSync(file).mtimeMs < 5_000 : process.kill(pid, 0)
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
