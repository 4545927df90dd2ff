import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { DashboardBucket, DashboardFigures, FigureName, Spread } from '../../../../shared/rpc/dashboard.ts'

type Cell = string | number
/** Rows with the same keys; the keys are the heads of the columns, times are in milliseconds. */
export type FigureTable = { columns: string[]; rows: Cell[][] }

/** A figure as a table. Heads are in English and stay the same, because programs read them. */
export function figureTable({ buckets, classes, coverage, rejections, calibration, agreement, people, sync }: DashboardFigures, figure: FigureName): FigureTable {
  switch (figure) {
    case 'throughput': return {
      columns: ['start', 'results', 'shapes', 'edits'],
      rows: buckets.map(({ start, results, shapes, edits }) => [start, results, shapes, edits]),
    }
    case 'record': return { columns: ['start', ...RECORD], rows: buckets.map(({ start, ...record }) => [start, ...recordOf(record)]) }
    case 'time': return { columns: ['start', ...TIMES], rows: buckets.map(({ start, taskMs, shapeMs }) => [start, ...timesOf(taskMs), ...timesOf(shapeMs)]) }
    case 'classes': return { columns: ['class', 'name', 'shapes'], rows: classes.map(({ id, name, shapes }) => [id, name, shapes]) }
    case 'coverage': return { columns: ['state', 'tasks'], rows: coverage.map(({ state, tasks }) => [state, tasks]) }
    case 'rejections': return { columns: ['reason', 'count'], rows: rejections.map(({ reason, count }) => [reason, count]) }
    case 'calibration': return {
      columns: ['confidence_from', 'confidence_to', 'accepted', 'edited', 'rejected'],
      rows: calibration.map(({ tenth, accepted, edited, rejected }) => [tenth / 10, (tenth + 1) / 10, accepted, edited, rejected]),
    }
    case 'agreement': return { columns: ['f1_from', 'f1_to', 'images', 'f1_mean'], rows: agreement.map(({ tenth, images, f1 }) => [tenth / 10, (tenth + 1) / 10, images, f1]) }
    case 'people': return {
      columns: ['person', 'results', 'shapes', ...TIMES, ...RECORD],
      rows: people.map(({ id, results, shapes, taskMs, shapeMs, ...record }) => [id, results, shapes, ...timesOf(taskMs), ...timesOf(shapeMs), ...recordOf(record)]),
    }
    case 'sync': return {
      columns: ['waiting', 'refused', 'oldest_waiting', 'received', 'receipt_ms_median', 'receipt_ms_p90'],
      rows: [[sync.waiting, sync.refused, sync.oldestAt ?? '', sync.received, ...timesOf(sync.receiptMs)]],
    }
    default: return assertNever(figure, 'figure')
  }
}

const TIMES = ['task_ms_median', 'task_ms_p90', 'shape_ms_median', 'shape_ms_p90']
const RECORD = ['reviewed', 'rejected', 'gold_scored', 'gold_f1_mean']

function recordOf({ reviewed, rejected, gold }: Pick<DashboardBucket, 'reviewed' | 'rejected' | 'gold'>): Cell[] {
  return [reviewed, rejected, gold?.scored ?? 0, gold?.f1 ?? '']
}

function timesOf(spread: Spread | undefined): Cell[] {
  return spread === undefined ? ['', ''] : [Math.round(spread.median), Math.round(spread.p90)]
}
