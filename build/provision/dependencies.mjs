import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { npm } from './npm.mjs'

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }>} LockedPackages */

/**
 * Installs node_modules when they are missing or not what package-lock.json says.
 * @param {string} root the checkout
 */
export async function ensureDependencies(root) {
  if (areInstalled(root)) return
  // Outside node_modules, which `npm ci` deletes.
  await withLock(join(root, 'out', 'dependencies.lock'), async () => {
    if (areInstalled(root)) return
    console.log('Installing dependencies (npm ci) ...')
    npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], root)
  })
}

/** @param {string} root */
function areInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'))
  // npm writes this record of what it installed, last of all.
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'))
  return wanted !== null && installed !== null && isSameTree(wanted, installed)
}

/**
 * Whether what is installed is what the lock file asks for. Optional packages may be missing: they are for other platforms.
 * @param {LockedPackages} wanted
 * @param {LockedPackages} installed
 */
export function isSameTree(wanted, installed) {
  const complete = Object.entries(wanted).every(([path, entry]) => {
    const found = installed[path]
    if (path === '') return true
    if (found === undefined) return entry.optional === true || entry.devOptional === true
    return found.version === entry.version && found.integrity === entry.integrity
  })
  return complete && Object.keys(installed).every((path) => path in wanted)
}

/**
 * @param {string} file
 * @returns {LockedPackages | null}
 */
function readPackages(file) {
  try {
    const { packages } = /** @type {{ packages?: LockedPackages }} */ (JSON.parse(readFileSync(file, 'utf8')))
    return packages ?? null
  } catch {
    return null
  }
}
