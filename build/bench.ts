// `npm run bench` measures the application against floors of the same run, and prints a table.
import { resolve } from 'node:path'
import { prepareApp } from './app/prepareApp.ts'
import { runCommand } from './app/processes.ts'
import { runWithApp } from './app/runWithApp.ts'

const root = resolve(import.meta.dirname, '..')
await runCommand(async () => runWithApp(root, await prepareApp(root), 'test/bench/bench.ts', process.argv.slice(2)))
