// `npm run doctor` says what the commands of this checkout run on, and what is missing. It fetches nothing that `npm start` does not.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runCommand } from './app/processes.ts'
import { bundleFolder } from './bundle/bundle.ts'
import { hasDisplay } from './display/display.ts'
import { cacheFolder } from './provision/cache.mjs'
import { provisionElectron } from './provision/electron.ts'
import type { ElectronRuntime } from './provision/electron.ts'
import { hasCommand } from './provision/hasCommand.ts'
import { missingParts } from './provision/systemLibraries.ts'

const root = resolve(import.meta.dirname, '..')

await runCommand(async () => {
  tell('Node', `${process.version} (${process.execPath})`)
  tell('npm', execFileSync('npm', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim())
  tell('Cache', cacheFolder())
  const runtime = await provisionElectron()
  const missing = missingParts(runtime.executable, !hasDisplay())
  tell('Electron', `${runtime.version}, ${sourceOf(runtime)} (${runtime.folder})`)
  tell('better-sqlite3', `${versionOf(sqliteFolder(runtime))} in the application, ${versionOf(join(root, 'node_modules/better-sqlite3'))} in Node`)
  tell('sharp', `WebAssembly build ${versionOf(join(root, 'node_modules/@img/sharp-wasm32'))}`)
  tell('System libraries', missing.length === 0 ? 'complete' : `missing: ${missing.join(', ')} (npm start installs them as root)`)
  tell('Display', displayInUse())
  tell('Bundle', bundleFolder(root))
  return missing.length === 0 ? 0 : 1
})

function tell(what: string, value: string): void {
  console.log(`${`${what}:`.padEnd(18)}${value}`)
}

function sourceOf({ source }: ElectronRuntime): string {
  switch (source) {
    case 'override':
      return 'from ELECTRON_OVERRIDE_DIST_PATH'
    case 'official':
      return 'the official release'
    case 'closed network':
      return 'the closed-network runtime of the npm registry, for development and tests only'
  }
}

function sqliteFolder(runtime: ElectronRuntime): string {
  return runtime.legacySqlite ?? join(root, 'node_modules/better-sqlite3')
}

function displayInUse(): string {
  if (hasDisplay()) return process.env['WAYLAND_DISPLAY'] ?? process.env['DISPLAY'] ?? 'the desktop'
  return `none, so a virtual one (Xvfb ${hasCommand('Xvfb') ? 'is there' : 'is missing'})`
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version
}
