// Measures Fieldmark against floors of the same run. `npm run bench -- [PART…] [--prefetch-mib 1024]`, where a part is one of PARTS below;
// `npm run bench -- audit [--events 1000000]`; `npm run bench -- drain [--gib 10] [--submissions 5000] [--latencies 0,50,300] [--transfers 16]` beside rclone with so
// many files at once (by itself it takes 4), which is installed by apt where it is missing.
// Timing is not a test: a goal that is missed is printed, and the exit code is 0.
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { agreement } from './agreement.ts'
import { auditLog } from './auditLog.ts'
import { coldStart } from './coldStart.ts'
import type { Comparison } from './comparison.ts'
import { dashboard } from './dashboard.ts'
import { drain } from './drain/drain.ts'
import { editCommit } from './editCommit.ts'
import { fillWorkspace } from './manyTasks.ts'
import { nextTask } from './nextTask.ts'
import { prefetchImages } from './prefetchImages.ts'
import { pushSubmissions } from './pushSubmissions.ts'
import { queueQuery } from './queueQuery.ts'
import { machineLine, printTable, sentenceOf } from './report.ts'
import { timeTravel } from './timeTravel.ts'

// Beside the checkout and not under /tmp, which may be memory: a floor that reaches no disk would prove nothing.
const FOLDER = resolve(import.meta.dirname, '../../out/bench')
const PARTS = ['edit', 'queue', 'start', 'next', 'push', 'prefetch', 'timetravel', 'agreement', 'audit', 'dashboard', 'drain'] as const
type Part = (typeof PARTS)[number]

/** Minutes or hours at their full size, so they are measured only when they are asked for. */
const USUAL = PARTS.filter((part) => part !== 'drain' && part !== 'audit' && part !== 'dashboard')
const positive = z.coerce.number().positive()
const OptionsSchema = z.object({
  parts: z.array(z.enum(PARTS)), prefetchMib: positive.int(), events: positive.int(),
  drain: z.object({ gib: positive, submissions: positive.int(), transfers: positive.int(), roundTripsMs: z.string().transform((list) => list.split(',').map(Number)).pipe(z.array(z.number().nonnegative())) }),
})
const OPTIONS = {
  'prefetch-mib': { type: 'string', default: '1024' }, events: { type: 'string', default: '1000000' }, gib: { type: 'string', default: '10' }, submissions: { type: 'string', default: '5000' }, latencies: { type: 'string', default: '0,50,300' },
  transfers: { type: 'string', default: '16' },
} as const

function readOptions() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS })
  const { gib, submissions, latencies, events, transfers } = values
  const read = OptionsSchema.parse({ parts: positionals, prefetchMib: values['prefetch-mib'], events, drain: { gib, submissions, transfers, roundTripsMs: latencies } })
  return { ...read, parts: read.parts.length > 0 ? read.parts : USUAL }
}

/** Parts that work on the same large workspace share it: the order of PARTS keeps them together. */
function benchmarks({ prefetchMib, events, drain: amount }: ReturnType<typeof readOptions>): Record<Part, (folder: string) => Promise<Comparison[]>> {
  let filled: string | undefined
  const manyTasks = () => {
    if (filled === undefined) fillWorkspace(filled = join(FOLDER, 'many-tasks'))
    return filled
  }
  return {
    edit: async (folder) => [await editCommit(manyTasks(), folder)],
    queue: () => queueQuery(manyTasks()),
    start: async (folder) => [await coldStart(manyTasks(), folder)],
    next: async (folder) => [await nextTask(folder)],
    push: async (folder) => [await pushSubmissions(folder)],
    timetravel: timeTravel,
    agreement,
    audit: (folder) => auditLog(folder, events),
    dashboard,
    drain: (folder) => drain(folder, amount),
    prefetch: async (folder) => [await prefetchImages(folder, prefetchMib)],
  }
}

async function measure(): Promise<void> {
  const options = readOptions()
  const { parts } = options
  const all = benchmarks(options)
  const comparisons: Comparison[] = []
  console.log(machineLine())
  for (const part of parts) {
    const folder = join(FOLDER, part)
    mkdirSync(folder, { recursive: true })
    const measured = await all[part](folder)
    for (const comparison of measured) console.log(sentenceOf(comparison))
    comparisons.push(...measured)
    rmSync(folder, { recursive: true })
  }
  printTable(comparisons)
}

const cleanUp = () => { rmSync(FOLDER, { recursive: true, force: true }) }
cleanUp()
process.on('exit', cleanUp)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
await measure()
