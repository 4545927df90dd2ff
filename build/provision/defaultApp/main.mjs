// What `electron [-r module] folder [arguments]` runs in a distribution that came without Electron's own default app: it takes
// the folder's identity and starts its main module.
import { app } from 'electron'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const { preloads, folder } = parse(process.argv.slice(1))
if (folder === undefined) {
  console.error('usage: electron [-r module] folder')
  process.exit(2)
}
const require = createRequire(import.meta.url)
for (const module of preloads) require(resolve(module))

/** @typedef {{ name?: string, productName?: string, version?: string, main?: string }} Manifest */
const manifest = /** @type {Manifest} */ (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
// Electron's own default app uses these two, which are not in its public types.
const identity = /** @type {{ setAppPath(folder: string): void, setVersion(version: string): void }} */ (
  /** @type {unknown} */ (app)
)
identity.setAppPath(folder)
const name = manifest.productName ?? manifest.name
if (name !== undefined) app.setName(name)
if (manifest.version !== undefined) identity.setVersion(manifest.version)
await import(pathToFileURL(join(folder, manifest.main ?? 'index.js')).href)

/** @param {string[]} args */
function parse(args) {
  /** @type {string[]} */
  const preloads = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '-r' || arg === '--require') preloads.push(args[++i] ?? '')
    else if (!arg.startsWith('-')) return { preloads, folder: resolve(arg) }
  }
  return { preloads, folder: undefined }
}
