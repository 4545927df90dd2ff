import { existsSync, readdirSync } from 'node:fs'
import { checkServer, serverKeyOf } from '../checker/server.ts'
import { checkSynced, checkWorkspace } from '../checker/workspace.ts'
import { decideBySeed, type FateCounts } from '../fates.ts'
import { randomFrom } from '../randomness.ts'
import { OwnProcessStation } from '../stations/ownProcess.ts'
import { heal, NotDrained, syncAgain, untilDrained } from './settle.ts'
import { step, type StepCounts } from './steps.ts'
import { openWorld, type World } from './world.ts'

const STEPS = 14
/** Of all requests, how many meet a fault. */
const FAULT_SHARE = 0.3

export interface History {
  seed: number
  /** One engine is in a process of its own, which is killed at random and at named points. */
  kills: boolean
}

/** What a history came to. It kept its promises when there are no breaches. */
export interface HistoryReport extends History {
  breaches: string[]
  fates: FateCounts
  steps: StepCounts
  /** Persistence points that were passed, as "name moment". */
  passed: Set<string>
  submissions: number
}

/** Plays what follows from a seed: two devices of one person, a failing network, kills, cancelled and reassigned tasks and a server that loses its memory. */
export async function playHistory(history: History): Promise<HistoryReport> {
  const report: HistoryReport = { ...history, breaches: [], fates: new Map(), steps: new Map(), passed: new Set(), submissions: 0 }
  const world = await openWorld({ desks: 2, killable: history.kills })
  try {
    await play(world, report)
  } catch (error) {
    report.breaches.push(error instanceof NotDrained ? error.message : `it failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  } finally {
    for (const { station } of world.desks) if (station instanceof OwnProcessStation) for (const point of station.passed) report.passed.add(point)
    await world.close()
  }
  return report
}

async function play(world: World, report: HistoryReport): Promise<void> {
  const { desks } = world
  const random = randomFrom(report.seed)
  const misbehave = () => { for (const [index, { proxy }] of desks.entries()) decideBySeed(proxy, report.seed * 10 + index, FAULT_SHARE, report.fates) }
  // Most histories begin with the tasks at hand; some meet the network's faults on the very first request.
  const beginsCalm = random.number() < 0.8
  if (!beginsCalm) misbehave()
  for (const { station } of desks) await station.start()
  if (beginsCalm) await untilDrained(desks)
  misbehave()
  for (let count = 0; count < STEPS; count++) await step(world, random, report.steps)
  report.breaches.push(...await settle(world))
  report.submissions = desks.reduce((sum, { person }) => sum + person.saved.length, 0)
}

/** Ends the faults, waits for what must happen by itself, and has everything checked. @throws NotDrained. */
export async function settle(world: World): Promise<string[]> {
  const { desks, dataDir } = world
  heal(desks)
  await untilDrained(desks)
  await syncAgain(desks)
  // Nothing more is written after this, as far as the engines have said the truth.
  for (const { station } of desks) await station.kill()
  const key = serverKeyOf(dataDir)
  return [
    ...desks.flatMap(({ witness }) => [...checkWorkspace(witness, key), ...checkSynced(witness.folder)]),
    ...checkServer(dataDir, desks.map(({ witness }) => witness)),
    ...checkOutputs(world),
  ]
}

/** Invariant 11: no output shows a secret, and nothing is written outside the workspace. */
function checkOutputs({ desks, secrets }: World): string[] {
  return desks.flatMap(({ station }) => {
    if (!(station instanceof OwnProcessStation)) return []
    const shown = [...secrets, 'PRIVATE KEY'].filter((secret) => station.output.includes(secret))
    const strays = existsSync(station.elsewhere) ? readdirSync(station.elsewhere) : []
    return [...shown.map(() => '11: an output shows a secret'), ...strays.map((name) => `11: ${name} was written outside the workspace`)]
  })
}
