import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * A package of the npm registry, fixed to its bytes.
 * @typedef {{ name: string, version: string, integrity: string }} PinnedPackage
 */

/**
 * Runs npm in a folder, with its output shown.
 * @param {string[]} args
 * @param {string} folder
 */
export function npm(args, folder) {
  // Inside `npm run`, npm says where it is; that also works where npm is not an executable (Windows).
  const script = process.env['npm_execpath']
  const inScript = script !== undefined && existsSync(script) && script.endsWith('.js')
  const [command, first] = inScript ? [process.execPath, [script]] : ['npm', []]
  const result = spawnSync(command, [...first, ...args], {
    cwd: folder,
    // Its messages go to standard error: a command's standard output is its own.
    stdio: ['ignore', 2, 2],
    env: { ...process.env, NODE_NO_WARNINGS: '1', npm_config_update_notifier: 'false' },
  })
  if (result.error) throw new Error(`npm could not be started: ${result.error.message}`)
  if (result.status !== 0) throw new Error(`npm ${args[0]} failed in ${folder} (see its message above)`)
}

/**
 * Installs one package into a folder of its own; npm refuses any bytes but the pinned ones.
 * @param {PinnedPackage} pin
 * @param {string} folder
 * @returns {string} the installed package's folder
 */
export function installPinned({ name, version, integrity }, folder) {
  mkdirSync(folder, { recursive: true })
  const dependencies = { [name]: version }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }))
  const packages = { '': { dependencies }, [`node_modules/${name}`]: { version, integrity } }
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, requires: true, packages }))
  npm(['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder)
  return join(folder, 'node_modules', name)
}
