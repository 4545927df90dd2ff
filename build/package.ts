// `npm run package` makes the unpacked application in dist/.
import { resolve } from 'node:path'
import { prepareApp } from './app/prepareApp.ts'
import { runCommand } from './app/processes.ts'
import { packageApp } from './package/packageApp.ts'

const root = resolve(import.meta.dirname, '..')

await runCommand(async () => {
  const runtime = await prepareApp(root)
  console.log(await packageApp(root, runtime))
  if (runtime.source === 'closed network') console.log('Packaged with the closed-network runtime: for tests, not for shipping.')
  return 0
})
