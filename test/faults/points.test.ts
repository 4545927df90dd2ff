import { it, type TestContext } from 'vitest'
import { LEADS_TO } from './history/parts.ts'
import { settle } from './history/playHistory.ts'
import { openWorld } from './history/world.ts'
import type { Moment } from './stations/messages.ts'
import { OwnProcessStation } from './stations/ownProcess.ts'
import { PERSISTENCE_POINTS, type PersistencePoint } from './stations/persistencePoints.ts'
import { StationDied } from './stations/station.ts'

const points = Object.keys(PERSISTENCE_POINTS) as PersistencePoint[]
const moments: Moment[] = ['before', 'after']

/** Runs an engine with an orchestrator through one life after the other; answers how they ended. */
async function live(point: PersistencePoint, { onTestFinished }: TestContext) {
  const world = await openWorld({ desks: 2, killable: true, reviews: LEADS_TO[point].part.reviews ?? false })
  onTestFinished(() => world.close())
  const [desk] = world.desks
  if (!(desk?.station instanceof OwnProcessStation)) throw new Error('The station cannot be killed')
  const { station } = desk
  const { part, isFirst } = LEADS_TO[point]
  const go = async (life: number, run = part) => {
    await run.before?.({ world, desk, life })
    try {
      await station.start()
      await run.happens({ world, desk, life })
    } catch (error) {
      if (!(error instanceof StationDied)) throw error
    }
  }
  if (!isFirst) await go(0, LEADS_TO.noteImagesReady.part)
  await station.kill()
  const reached: Moment[] = []
  for (const [life, moment] of moments.entries()) {
    station.life = { ending: { point, moment } }
    await go(life + 1)
    if (station.wasKilled) reached.push(moment)
    await station.kill()
  }
  await go(3)
  return { reached, breaches: await settle(world), passed: station.passed.map((line) => line.split(' ')[0] ?? '') }
}

it.concurrent.for(points)('an engine that is killed before and after %s loses nothing', { timeout: 180_000 }, async (point, context) => {
  const { expect } = context
  const { reached, breaches, passed } = await live(point, context)
  expect(breaches).toEqual([])
  expect(reached).toEqual(moments)
  // A new point belongs into persistencePoints.ts.
  expect(passed.filter((name) => !(name in PERSISTENCE_POINTS))).toEqual([])
})
