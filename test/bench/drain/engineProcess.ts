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
const decodersMib = mostMibOfChildren()
await engine.stop()
console.log(JSON.stringify({ pushMs, fetchMs, prefetched, afterPushMib, afterFetchMib, mostMib: mostMib(), decodersMib }))

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
  return highWaterMib('self') ?? process.resourceUsage().maxRSS / 1024
}

/** The same of the processes that decode images; of it, some fifty mebibytes are files that this process has in memory, too. */
function mostMibOfChildren(): number {
  const list = `/proc/self/task/${process.pid}/children`
  if (!existsSync(list)) return 0
  return readFileSync(list, 'utf8').trim().split(' ').reduce((sum, pid) => sum + (highWaterMib(pid) ?? 0), 0)
}

function highWaterMib(pid: string): number | undefined {
  const status = `/proc/${pid}/status`
  const kibibytes = existsSync(status) ? /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] : undefined
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024
}
