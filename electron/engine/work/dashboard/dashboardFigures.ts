import { ReviewReasonSchema } from '../../../../shared/domain/review.ts'
import type { DashboardBucket, DashboardFigures, DashboardFilter, DashboardPerson } from '../../../../shared/rpc/dashboard.ts'
import { agreementTenths, editsHere, goldScores, judgedResults, openWork, receiptTimes, rejectionReasons, tasksByState } from '../../db/repositories/dashboardCounts.ts'
import type { Judged, Scored } from '../../db/repositories/dashboardCounts.ts'
import { bound, chooseResults, everybody, fatesByConfidence, shapesByClass, taskTimes, workByAuthor, workBySlot } from '../../db/repositories/dashboardResults.ts'
import type { TaskTime } from '../../db/repositories/dashboardResults.ts'
import { classNames } from '../../db/repositories/labelSchemas.ts'
import type { WorkDatabase } from '../../db/sqlite.ts'
import { bucketsBetween, bucketStarts } from './buckets.ts'
import { groupBy, spreadOf } from './spread.ts'

/** Everything that the dashboard shows, of what is in this workspace. */
export function dashboardFigures(db: WorkDatabase, filter: DashboardFilter): DashboardFigures {
  chooseResults(db, filter)
  const gathered = { times: taskTimes(db), judged: judgedResults(db, filter), scored: goldScores(db, filter) }
  const buckets = bucketRows(db, filter, gathered)
  const names = classNames(db)
  const { person, project } = bound(filter)
  return {
    total: { ...sumOf(buckets), ...spreadsOf(gathered.times), ...goldOf(gathered.scored) },
    buckets,
    classes: shapesByClass(db).map(({ id, shapes }) => ({ id, name: names.get(id) ?? id, shapes })),
    coverage: tasksByState(db, { person, project }),
    // A reason of a newer orchestrator is among the others.
    rejections: countReasons(rejectionReasons(db, filter)),
    calibration: fatesByConfidence(db),
    agreement: agreementTenths(db, filter),
    people: peopleRows(db, gathered),
    sync: syncHealth(db, filter),
    everybody: everybody(db),
  }
}

interface Gathered { times: readonly TaskTime[]; judged: readonly Judged[]; scored: readonly Scored[] }

function bucketRows(db: WorkDatabase, filter: DashboardFilter, { times, judged, scored }: Gathered): DashboardBucket[] {
  const startOf = bucketStarts(filter.bucket)
  const by = <Row extends { slot: number }>(rows: readonly Row[]) => groupBy(rows, ({ slot }) => startOf(slot))
  const workIn = groupBy(workBySlot(db), ({ key }) => startOf(key))
  const [editsIn, timesBy, judgedBy, scoredBy] = [by(editsHere(db, filter)), by(times), by(judged), by(scored)]
  return bucketsBetween([...workIn.keys(), ...editsIn.keys(), ...judgedBy.keys(), ...scoredBy.keys()], filter.bucket).map((start) => {
    const work = { results: 0, shapes: 0, edits: 0 }
    for (const { edits } of editsIn.get(start) ?? []) work.edits += edits
    for (const { results, shapes, edits } of workIn.get(start) ?? []) {
      work.results += results
      work.shapes += shapes
      work.edits += edits
    }
    return { start, ...work, ...spreadsOf(timesBy.get(start)), ...judgedSum(judgedBy.get(start)), ...goldOf(scoredBy.get(start)) }
  })
}

function peopleRows(db: WorkDatabase, { times, judged, scored }: Gathered): DashboardPerson[] {
  const work = new Map(workByAuthor(db).map((row) => [row.key, row]))
  const timesBy = groupBy(times, (time) => time.author)
  const judgedBy = groupBy(judged, (row) => row.author)
  const scoredBy = groupBy(scored, (row) => row.author)
  return [...new Set([...work.keys(), ...judged.map(({ author }) => author), ...scored.map(({ author }) => author)])].sort().map((id) => {
    const { results = 0, shapes = 0 } = work.get(id) ?? {}
    return { id, results, shapes, ...spreadsOf(timesBy.get(id)), ...judgedSum(judgedBy.get(id)), ...goldOf(scoredBy.get(id)) }
  })
}

function spreadsOf(times: readonly TaskTime[] = []) {
  const taskMs = spreadOf(times.map(({ ms }) => ms))
  const shapeMs = spreadOf(times.filter(({ shapes }) => shapes > 0).map(({ ms, shapes }) => ms / shapes))
  return { ...(taskMs && { taskMs }), ...(shapeMs && { shapeMs }) }
}

function judgedSum(rows: readonly Judged[] = []) {
  return rows.reduce((sum, { reviewed, rejected }) => ({ reviewed: sum.reviewed + reviewed, rejected: sum.rejected + rejected }), { reviewed: 0, rejected: 0 })
}

function goldOf(rows: readonly Scored[] = []) {
  const [scored, sum] = rows.reduce(([count, total], row) => [count + row.scored, total + row.sum], [0, 0])
  return scored > 0 ? { gold: { scored, f1: sum / scored } } : {}
}

function sumOf(buckets: readonly DashboardBucket[]) {
  const total = { results: 0, shapes: 0, edits: 0, reviewed: 0, rejected: 0 }
  for (const bucket of buckets) for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += bucket[key]
  return total
}

function countReasons(rows: readonly { reason: string; count: number }[]): DashboardFigures['rejections'] {
  const counts = new Map<DashboardFigures['rejections'][number]['reason'], number>()
  for (const { reason, count } of rows) {
    const known = ReviewReasonSchema.safeParse(reason).data ?? 'other'
    counts.set(known, (counts.get(known) ?? 0) + count)
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count)
}

function syncHealth(db: WorkDatabase, filter: DashboardFilter): DashboardFigures['sync'] {
  const { waiting, refused, oldestAt } = openWork(db, filter.projectId ?? null)
  const times = receiptTimes(db, filter)
  const receiptMs = spreadOf(times)
  return { waiting, refused, received: times.length, ...(oldestAt !== null && { oldestAt }), ...(receiptMs && { receiptMs }) }
}
