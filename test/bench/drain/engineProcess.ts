// Drains what waits in a workspace, as a process of its own: `node engineProcess.ts CONFIG`, where CONFIG is an EngineConfig as JSON. Prints one line of JSON.
import { existsSync, readFileSync } from 'node:fs'
import { createEngine } from '../../../electron/engine/engine.ts'
import { thumbnailUrl } from '../../../shared/rpc/dataUrl.ts'
import { EngineConfigSchema } from '../../../shared/rpc/engineControl.ts'
import { timed } from '../comparison.ts'

const config = EngineConfigSchema.parse(JSON.parse(process.argv[2] ?? ''))
const engine = await createEngine(config, { background: false })
const status = () => engine.call('sync.status', {})

const pushMs = await timed(async () => {
  // A round takes a thousand submissions; what a bad link kept back comes with the next.
  do await engine.syncOnce()
  while ((await status()).phase !== 'synced')
})
const afterPushMib = mostMib()
const fetchMs = await timed(() => engine.prefetchAll())
const afterFetchMib = mostMib()
const { prefetched } = await engine.call('tasks.facets', {})
await lookIntoImages()
await engine.stop()
console.log(JSON.stringify({ pushMs, fetchMs, prefetched, afterPushMib, afterFetchMib, mostMib: mostMib() }))

/** The engine does that by itself as soon as nothing arrives any more. Fifty show what the decoder takes, which keeps no image. */
async function lookIntoImages(): Promise<void> {
  const { rows } = await engine.call('tasks.query', { query: { filter: { standings: ['new'] } }, limit: 50 })
  for (const { imageSha256 } of rows) if (imageSha256 !== undefined) await engine.serveData(thumbnailUrl(imageSha256))
}

/**
 * The most memory that this process ever had, in mebibytes. Linux carries `maxRSS` of the process that started this one over, which is larger than the
 * engine; the high-water mark of its own memory is not (proc_pid_status(5), VmHWM).
 */
function mostMib(): number {
  const own = existsSync('/proc/self/status') ? /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] : undefined
  return (own === undefined ? process.resourceUsage().maxRSS : Number(own)) / 1024
}
