import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'vitest'
import { settle } from './history/playHistory.ts'
import { untilDrained } from './history/settle.ts'
import { openWorld, TASKS } from './history/world.ts'
import { FailingFiles, FILE_FAULTS, whyNoFileFaults, type FileFault } from './stations/failingFiles.ts'
import { OwnProcessStation } from './stations/ownProcess.ts'

const missing = await whyNoFileFaults()
const faults = Object.keys(FILE_FAULTS) as FileFault[]
/** How many of the calls fail; with so few, work goes on between two of them and something is under way when one comes. */
const PROBABILITY = 0.03
const WORKS = 40
const MOST_WORKS = 1_000

/** A station with a fresh process whose files can be made to fail. */
async function aDesk({ onTestFinished }: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'fieldmark-fiu-'))
  const files = new FailingFiles(folder)
  const world = await openWorld({ desks: 1, killable: true, environment: files.environment })
  onTestFinished(async () => {
    await world.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const [desk] = world.desks
  if (!(desk?.station instanceof OwnProcessStation)) throw new Error('The station has no process of its own')
  const { station, person } = desk
  await station.start()
  await untilDrained([desk])
  return { world, station, person, files }
}

describe(missing === undefined ? 'a disk that fails now and then' : `a disk that fails now and then (skipped: ${missing})`, { skip: missing !== undefined }, () => {
  it.concurrent.for(faults)('takes nothing that was acknowledged: %s', { timeout: 90_000 }, async (fault, context) => {
    const { world, station, person, files } = await aDesk(context)
    const { expect } = context
    await person.work('task-1')
    await files.begin(station.pid, fault, PROBABILITY)
    let tried = 1
    const wasRefused = () => person.drawn.length < tried
    while (tried < WORKS || (FILE_FAULTS[fault].refused && !wasRefused() && tried < MOST_WORKS)) {
      tried += 1
      await person.work(`task-${1 + (tried % TASKS)}`)
    }
    const acknowledged = person.drawn.length
    expect(wasRefused() || !FILE_FAULTS[fault].refused).toBe(true)
    // An engine that saw its disk fail writes no more until it is started again, as a person does then.
    await station.kill()
    await station.start()
    await person.work('task-1')
    expect(person.drawn).toHaveLength(acknowledged + 1)
    expect(await settle(world)).toEqual([])
  })
})
