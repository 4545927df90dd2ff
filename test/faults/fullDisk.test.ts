import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, type TestContext } from 'vitest'
import { mountMemory } from '../unit/engine/db/mountMemory.ts'
import { settle } from './history/playHistory.ts'
import { untilDrained } from './history/settle.ts'
import { openWorld } from './history/world.ts'

/** A station that has synced on a small disk of its own. */
async function onASmallDisk(context: TestContext) {
  const world = await openWorld({ desks: 1, killable: false })
  // After the file system was taken away, which happens first.
  onTestFinished(() => world.close())
  const [desk] = world.desks
  if (desk === undefined) throw new Error('There is no desk')
  mountMemory.over(desk.station.folder, '3m', context)
  await desk.station.start()
  await untilDrained([desk])
  return { world, desk, folder: desk.station.folder }
}

it('a disk that fills up loses nothing that was acknowledged, and the queue drains once there is room', async (context) => {
  const { world, desk: { person }, folder } = await onASmallDisk(context)
  await person.work('task-1')
  mountMemory.fill(folder)
  for (let count = 0; count < 200; count++) await person.work(`task-${1 + (count % 6)}`)
  const acknowledged = person.drawn.length
  await person.work('task-2')
  expect(person.drawn).toHaveLength(acknowledged)
  rmSync(join(folder, 'filler'))
  await person.work('task-3')
  expect(person.drawn).toHaveLength(acknowledged + 1)
  expect(await settle(world)).toEqual([])
}, 60_000)
