// The way into every command: `node build/run.mjs script.ts [arguments]`. Plain JavaScript without dependencies, because it
// runs in a fresh clone under whatever Node is there; it installs what is missing and then runs the script under a Node that
// understands TypeScript.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureDependencies } from './provision/dependencies.mjs'
import { ensureNode } from './provision/node.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const [script, ...args] = process.argv.slice(2)

try {
  if (script === undefined) throw new Error('usage: node build/run.mjs script.ts [arguments]')
  // Progress goes to standard error: a command's standard output is its own.
  console.log = console.error
  await ensureDependencies(root)
  run(await ensureNode(), [join(root, script), ...args])
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

/**
 * @param {string} node
 * @param {string[]} command
 */
function run(node, command) {
  const PATH = [dirname(node), join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter)
  const child = spawn(node, command, { stdio: 'inherit', env: { ...process.env, PATH } })
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)))
}
