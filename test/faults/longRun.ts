/**
 * Plays many histories and says what they came to: `npm run test:faults -- --histories 5000 --seed 1`. Ends with 1 when a history broke a
 * promise, and with the command that plays it again.
 */
import { parseArgs } from 'node:util'
import { playHistory, type History, type HistoryReport } from './history/playHistory.ts'

const { values } = parseArgs({ options: {
  histories: { type: 'string', default: '1000' },
  /** The first seed; the others follow it. */
  seed: { type: 'string', default: '1' },
  /** Every how many-th history has an engine in a process of its own, which is killed; 0: none, 1: all. */
  'kill-every': { type: 'string', default: '4' },
  /** Histories played at the same time. */
  jobs: { type: 'string', default: '4' },
} })
const [count, first, killEvery, jobs] = [values.histories, values.seed, values['kill-every'], values.jobs].map(Number) as [number, number, number, number]

const queue: History[] = Array.from({ length: count }, (_, index) => ({ seed: first + index, kills: killEvery > 0 && index % killEvery === 0 }))
const totals = { fates: new Map<string, number>(), steps: new Map<string, number>(), points: new Map<string, number>(), submissions: 0, played: 0 }
const failed: HistoryReport[] = []
const started = performance.now()

console.log(`${count} histories from seed ${first}, ${queue.filter(({ kills }) => kills).length} of them with a process that is killed`)
await Promise.all(Array.from({ length: jobs }, work))
summarise()
process.exit(failed.length === 0 ? 0 : 1)

async function work(): Promise<void> {
  for (let history = queue.shift(); history !== undefined; history = queue.shift()) {
    const report = await playHistory(history)
    add(totals.fates, report.fates)
    add(totals.steps, report.steps)
    add(totals.points, new Map([...report.passed].map((point) => [point, 1])))
    totals.submissions += report.submissions
    totals.played++
    if (report.breaches.length > 0) tell(report)
    if (totals.played % 50 === 0) console.log(`${totals.played} of ${count} played, ${failed.length} failed, ${Math.round((performance.now() - started) / 1000)} s`)
  }
}

function tell(report: HistoryReport): void {
  failed.push(report)
  console.log(`Seed ${report.seed} broke:\n  ${report.breaches.join('\n  ')}\nAgain: ${replay(report)}`)
}

function replay({ seed, kills }: History): string {
  return `npm run test:faults -- --histories 1 --seed ${seed} --kill-every ${kills ? 1 : 0}`
}

function add(sum: Map<string, number>, counts: ReadonlyMap<string, number>): void {
  for (const [name, times] of counts) sum.set(name, (sum.get(name) ?? 0) + times)
}

function summarise(): void {
  const list = (counts: Map<string, number>) => [...counts].sort(([left], [right]) => left.localeCompare(right)).map(([name, times]) => `${name} ${times}`).join(', ')
  console.log(`Fates of requests: ${list(totals.fates)}\nSteps: ${list(totals.steps)}\nPersistence points, by histories that passed them: ${list(totals.points)}`)
  console.log(`${totals.played} histories, ${totals.submissions} submissions, ${failed.length} failed${failed.length === 0 ? '' : `: ${failed.map(({ seed }) => seed).join(', ')}`}`)
}
