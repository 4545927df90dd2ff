// `npm run demo` performs the main job, end to end, in the real application, and prints what happened; `npm run demo -- expert` labels one
// photograph with many tools instead.
import { resolve } from 'node:path'
import { prepareApp } from './app/prepareApp.ts'
import { runCommand } from './app/processes.ts'
import { runWithApp } from './app/runWithApp.ts'

const root = resolve(import.meta.dirname, '..')
const [name = 'demo', ...others] = process.argv.slice(2)
await runCommand(async () => {
  if (others.length > 0 || !['demo', 'expert'].includes(name)) throw new Error('Usage: npm run demo [-- expert]')
  return runWithApp(root, await prepareApp(root), `test/demo/${name}.ts`, [])
})
