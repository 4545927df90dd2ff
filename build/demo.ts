// `npm run demo` performs the main job, end to end, in the real application, and prints what happened.
import { resolve } from 'node:path'
import { prepareApp } from './app/prepareApp.ts'
import { runCommand } from './app/processes.ts'
import { runDemo } from './app/runDemo.ts'

const root = resolve(import.meta.dirname, '..')
await runCommand(async () => runDemo(root, await prepareApp(root)))
