import { describe, expect, it } from 'vitest'
import { imagesForDays, planOffline, type PlanFacts, type PlannedTask } from '../../../../electron/engine/sync/offlinePlan.ts'
import { AssetIdSchema, InstantSchema } from '../../../../shared/domain/ids.ts'

const now = Date.parse('2026-11-26T08:00:00.000Z')
const task = (assetId: string, more: Partial<PlannedTask> = {}): PlannedTask => ({ assetId: AssetIdSchema.parse(assetId), bytes: 100, isCached: false, isPyramid: false, dueAt: undefined, ...more })
const cached = (assetId: string) => task(assetId, { isCached: true })
const due = (day: number) => InstantSchema.parse(`2026-11-${day}T12:00:00.000Z`)
const facts = (more: Partial<PlanFacts>): PlanFacts => ({ tasks: [], finishedPerDay: [2], roomBytes: 1e9, bytesPerSecond: undefined, now, ...more })

describe('the plan for work without a network', () => {
  it('tells for how many days of work there are images, by what the person finishes on a day with work', () => {
    const plan = planOffline(facts({ tasks: [cached('a'), cached('b'), cached('c'), task('d')], finishedPerDay: [1, 3] }), 1)
    expect(plan).toMatchObject({ tasks: 4, offline: 3, tasksPerDay: 2, assumed: false, lastsDays: 1.5, missingImages: 1, missingBytes: 100 })
  })

  it('says that the pace is assumed before the first day of work', () => {
    expect(planOffline(facts({ tasks: [cached('a')], finishedPerDay: [] }), 1)).toMatchObject({ assumed: true, tasksPerDay: 50 })
  })

  it('needs for some days the first tasks of the queue, and all that fall due', () => {
    const tasks = [cached('first'), task('second'), task('third'), task('later'), task('due', { dueAt: due(26) }), task('due-late', { dueAt: due(30) })]
    expect(planOffline(facts({ tasks, bytesPerSecond: 10 }), 1).goal).toEqual({ days: 1, tasks: 3, missingImages: 2, missingBytes: 200, fits: true, seconds: 20 })
    expect([...imagesForDays(facts({ tasks }), 1)]).toEqual(['second', 'due'])
  })

  it('counts an image that several tasks show once', () => {
    const tasks = [task('same'), task('same'), task('other')]
    expect(planOffline(facts({ tasks, finishedPerDay: [3] }), 1).goal).toMatchObject({ tasks: 3, missingImages: 2, missingBytes: 200 })
  })

  it('tells how many tasks would be offline once the disk budget is full, and whether the days fit', () => {
    const tasks = [cached('a'), task('b'), task('b'), task('c'), task('d')]
    const plan = planOffline(facts({ tasks, roomBytes: 250, finishedPerDay: [5] }), 1)
    expect(plan).toMatchObject({ roomBytes: 250, offlineWhenFull: 4, goal: { missingBytes: 300, fits: false } })
  })

  it('says that it is a lower bound where the tiles of pyramids are missing', () => {
    expect(planOffline(facts({ tasks: [task('a', { isPyramid: true })] }), 1).isLowerBound).toBe(true)
    expect(planOffline(facts({ tasks: [task('a', { isPyramid: true, isCached: true })] }), 1).isLowerBound).toBe(false)
  })

  it('has nothing to say of an empty queue', () => {
    expect(planOffline(facts({}), 3)).toMatchObject({ tasks: 0, lastsDays: 0, goal: { days: 3, tasks: 0, missingBytes: 0, fits: true } })
  })
})
