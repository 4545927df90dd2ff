import { COLUMNS, isMet, timesFaster } from './goals.ts'
import type { Column, Goal } from './goals.ts'
import { quantile } from '../comparison.ts'
import type { Measured } from './measureSubject.ts'
import { brushLine } from './measureBrush.ts'
import type { MeasuredStroke } from './measureBrush.ts'
import type { MeasuredTiles } from './measureTiles.ts'

const columns = Object.keys(COLUMNS) as Column[]

/** Prints what was measured with one number of polygons: a line for each subject, and how Fieldmark compares. */
export function printScene(polygons: number, scene: readonly Measured[]): void {
  console.log(`\n${count(polygons)} polygons of 12 points and ${count(Math.floor(polygons / 2))} boxes`)
  const lines = Object.fromEntries(scene.map((measured) => [measured.subject, lineOf(measured)]))
  const ratios = columns.map((column) => [column, timesFaster(scene, column)] as const).filter(([, ratio]) => ratio !== undefined)
  const comparison = { 'best annotation peer : fieldmark': Object.fromEntries(ratios.map(([column, ratio]) => [column, `${number(ratio)}x`])) }
  console.table({ ...lines, ...(ratios.length > 0 ? comparison : {}) })
  for (const { subject, ended } of scene) if (ended !== undefined) console.log(`${subject}: ${ended}`)
}

/** Prints how the pyramid of tiles was shown. */
export function printTiles(all: readonly MeasuredTiles[]): void {
  console.log('\nA pyramid of 40,000 x 30,000 pixels in JPEG tiles of 512')
  console.table(Object.fromEntries(all.map(({ subject, open, jumps, dropped, frames, leastCovered }) => [subject, {
    'open ms': number(open), 'jump to full detail ms': number(quantile(jumps, 0.5)), 'dropped of 180': dropped, 'pan ms/frame': number(quantile(frames, 0.5)),
    'least covered in a jump': `${number(100 * leastCovered)} %`,
  }])))
}

/** Prints how the brush painted. */
export function printBrush(strokes: readonly MeasuredStroke[]): void {
  console.log('\nA stroke of the brush on a mask of 50 megapixels')
  console.table(Object.fromEntries(strokes.map(brushLine)))
}

export function printGoals(goals: readonly Goal[]): void {
  if (goals.length === 0) return
  console.log('\nGoals')
  console.table(Object.fromEntries(goals.map((goal) => [goal.name, {
    measured: `${number(goal.value)} ${goal.unit}`,
    goal: `${goal.sense} ${number(goal.limit)}`,
    'at this pace': goal.paced === undefined ? '' : number(goal.limit * goal.paced),
    '': isMet(goal) ? 'met' : 'MISSED',
  }])))
}

function lineOf(measured: Measured): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column, number(COLUMNS[column](measured))]))
}

function number(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(Math.abs(value) < 100 ? 1 : 0)
}

function count(value: number): string {
  return value.toLocaleString('en')
}
