// `npm run demo` performs the main job, end to end, in the real application, and prints what happened.
import { resolve } from 'node:path'
import { prepareApp } from './app/prepareApp.ts'
import { runCommand } from './app/processes.ts'
import { runWithApp } from './app/runWithApp.ts'

const root = resolve(import.meta.dirname, '..')
await runCommand(async () => runWithApp(root, await prepareApp(root), 'test/demo/demo.ts', process.argv.slice(2)))
