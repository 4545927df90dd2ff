import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** The folder in the user's cache for everything that is fetched: nothing fetched lands in the checkout but node_modules. */
export function cacheFolder() {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fieldmark')
}

/**
 * Makes a cache entry once: `make` fills a temporary folder beside it, which then takes its place in one rename. Two processes
 * may do so at once, the second finds the first one's result; an interrupted one leaves nothing that looks complete.
 * @param {string} name the entry's name, which carries its version
 * @param {(folder: string) => Promise<void>} make
 * @returns {Promise<string>} the entry's folder
 */
export async function cached(name, make) {
  const entry = join(cacheFolder(), name)
  if (existsSync(entry)) return entry
  mkdirSync(dirname(entry), { recursive: true })
  const temporary = mkdtempSync(`${entry}.partial-`)
  try {
    await make(temporary)
    renameSync(temporary, entry)
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true })
    if (!existsSync(entry)) throw error
  }
  return entry
}
