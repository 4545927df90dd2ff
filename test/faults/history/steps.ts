import { setTimeout as sleep } from 'node:timers/promises'
import { pickPoint } from '../stations/persistencePoints.ts'
import { OwnProcessStation } from '../stations/ownProcess.ts'
import type { Station } from '../stations/station.ts'
import type { Randomness } from '../randomness.ts'
import { TASKS, type Desk, type World } from './world.ts'

const HOUR_MS = 3_600_000

/** How often each kind of step was taken. */
export type StepCounts = Map<string, number>

interface Scene { world: World; desk: Desk; task: string; random: Randomness }

/** What may happen, and how likely it is in relation to the others. */
const STEPS: Record<string, { weight: number; happens: (scene: Scene) => Promise<void> | void }> = {
  work: { weight: 60, happens: ({ desk, task }) => desk.person.work(task) },
  draw: { weight: 6, happens: ({ desk, task }) => desk.person.draw(task) },
  skip: { weight: 4, happens: ({ desk, task }) => desk.person.skip(task) },
  restart: { weight: 6, happens: ({ desk, random }) => restart(desk.station, random, 'stop') },
  kill: { weight: 10, happens: ({ desk, random }) => restart(desk.station, random, 'kill') },
  resume: { weight: 4, happens: ({ desk }) => { desk.station.resume() } },
  offline: { weight: 4, happens: workOffline },
  cancel: { weight: 4, happens: ({ world, task }) => world.server.cancelTask(task) },
  reassign: { weight: 5, happens: ({ world, task, random }) => world.server.assignTask(task, random.pick(['ada', 'ada', 'bert'])) },
  rollBack: { weight: 5, happens: rollBack },
}

/** Lets one step of a history happen, to a station that runs. */
export async function step(world: World, random: Randomness, counts: StepCounts): Promise<void> {
  const desk = random.pick(world.desks)
  await revive(desk.station, random)
  const task = `task-${1 + random.below(TASKS)}`
  const name = pickStep(random)
  counts.set(name, (counts.get(name) ?? 0) + 1)
  await STEPS[name]?.happens({ world, desk, task, random })
  await sleep(random.below(80))
}

function pickStep(random: Randomness): string {
  const steps = Object.entries(STEPS)
  let left = random.number() * steps.reduce((sum, [, { weight }]) => sum + weight, 0)
  return steps.find(([, { weight }]) => (left -= weight) < 0)?.[0] ?? 'work'
}

async function restart(station: Station, random: Randomness, how: 'stop' | 'kill'): Promise<void> {
  await station[how]()
  await begin(station, random)
}

/** A process may have been killed by its ending. */
async function revive(station: Station, random: Randomness): Promise<void> {
  while (!station.isAlive) await begin(station, random)
}

/** Half of the lives are bound to end at some point, and some have a clock that is wrong. */
async function begin(station: Station, random: Randomness): Promise<void> {
  const [ends, isOff] = [random.number() < 0.5, random.number() < 0.2]
  const ending = pickPoint(random)
  const clockIsOffBy = random.pick([-HOUR_MS, HOUR_MS])
  if (station instanceof OwnProcessStation) station.life = { ...(ends ? { ending } : {}), ...(isOff ? { clockIsOffBy } : {}) }
  await station.start()
}

async function workOffline({ desk, task }: Scene): Promise<void> {
  const say = (workOffline: boolean) => desk.station.call('sync.setWorkOffline', { workOffline }).catch(() => undefined)
  await say(true)
  await desk.person.work(task)
  await say(false)
}

async function rollBack({ world, random }: Scene): Promise<void> {
  const { length } = await world.server.listSubmissions()
  await world.server.rollBack(random.below(1 + length), random.pick([undefined, random.below(30)]))
}
