// `npm run check` proves what can be proved without running the product: types, lint rules, import directions, dead code and
// that the OpenAPI document is current.
import { join, resolve } from 'node:path'
import { exitCodeOf, runCommand, startProcess } from './app/processes.ts'

interface Check {
  name: string
  /** A script and its arguments, run by Node in the checkout. */
  command: string[]
}

const root = resolve(import.meta.dirname, '..')
const folders = ['shared', 'electron', 'electron/preload', 'renderer', 'renderer/editor', 'build', 'test']
const sources = ['shared', 'electron', 'renderer', 'build', 'test']

/** The longest first, so that the last to end is a short one. */
const checks: Check[] = [
  lintOf('test', 'build'),
  lintOf('shared', 'electron', 'renderer'),
  ...folders.map((folder) => ({ name: `types of ${folder}`, command: ['typescript/bin/tsc', '--incremental', '-p', folder] })),
  {
    name: 'import directions',
    command: ['dependency-cruiser/bin/dependency-cruise.mjs', '--config', 'build/dependency-cruiser.config.mjs', ...sources],
  },
  { name: 'dead code', command: ['knip/bin/knip.js', '--config', 'build/knip.config.ts', '--no-progress'] },
]

function lintOf(...folders: string[]): Check {
  return { name: `lint of ${folders.join(', ')}`, command: ['eslint/bin/eslint.js', '--config', 'build/eslint.config.mjs', '--max-warnings=0', '--no-error-on-unmatched-pattern', ...folders] }
}

/** How many run at once: each keeps a core busy. */
const width = 2

await runCommand(async () => {
  const queue = checks.map((check) => ({ ...check, command: [join(root, 'node_modules', check.command[0] ?? ''), ...check.command.slice(1)] }))
  queue.push({ name: 'OpenAPI document', command: [join(root, 'build/openapi.ts'), '--check'] })
  const failed: string[] = []
  const work = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift()) {
      if (!(await passes(check))) failed.push(check.name)
    }
  }
  await Promise.all(Array.from({ length: width }, work))
  console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}`)
  return failed.length === 0 ? 0 : 1
})

async function passes({ name, command }: Check): Promise<boolean> {
  const started = performance.now()
  const child = startProcess(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => output.push(text))
  const exitCode = await exitCodeOf(child)
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  if (exitCode !== 0) console.log(output.join(''))
  return exitCode === 0
}
