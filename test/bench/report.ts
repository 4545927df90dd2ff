import { spawnSync } from 'node:child_process'
import { arch, cpus, loadavg, platform, totalmem } from 'node:os'
import { assertNever } from '../../shared/domain/assertNever.ts'
import { Database } from '../../electron/engine/db/sqlite.ts'
import { sqliteVersion } from '../../electron/engine/db/pragmas.ts'
import { electronStart } from '../driver/electronStart.ts'
import { quantile } from './comparison.ts'
import type { Comparison, Goal } from './comparison.ts'

/** Below so many rounds a 95th percentile is just the slowest of them. */
const ROUNDS_FOR_P95 = 20

/** What was measured on. */
export function machineLine(): string {
  const memory = new Database(':memory:')
  const sqlite = sqliteVersion(memory)
  memory.close()
  const { executable } = electronStart()
  const electron = spawnSync(executable, ['-p', 'process.versions.electron'], { encoding: 'utf8', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } }).stdout.trim()
  const load = loadavg().map((value) => value.toFixed(1)).join(' ')
  return `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${platform()} ${arch()}; Node ${process.version}, Electron ${electron}, SQLite ${sqlite}; load ${load}`
}

/** Prints a table with a line for each comparison. */
export function printTable(comparisons: readonly Comparison[]): void {
  console.table(Object.fromEntries(comparisons.map((comparison) => [comparison.name, lineOf(comparison)])))
}

/** One comparison as a sentence, for the one who waits. */
export function sentenceOf(comparison: Comparison): string {
  const { name, floor } = comparison
  const line = lineOf(comparison)
  return `${name}: ${line.fieldmark}, floor ${line.floor} (${floor.name}), ratio ${line.ratio}${line.goal && `, goal ${line.goal}`}`
}

function lineOf({ fieldmark, floor, amount, goal }: Comparison) {
  return {
    fieldmark: timeOf(fieldmark, amount), p95: p95Of(fieldmark), floor: timeOf(floor.times, amount), 'floor p95': p95Of(floor.times),
    ratio: ratioOf(fieldmark, floor.times, goal).toFixed(2), goal: goal ? goalOf(goal, ratioOf(fieldmark, floor.times, goal), fieldmark) : '', rounds: fieldmark.length,
  }
}

function timeOf(times: readonly number[], amount: Comparison['amount']): string {
  const median = quantile(times, 0.5)
  return amount ? `${milliseconds(median)} (${Math.round(amount.count / (median / 1000))} ${amount.unit}/s)` : milliseconds(median)
}

function p95Of(times: readonly number[]): string {
  return times.length < ROUNDS_FOR_P95 ? '' : milliseconds(quantile(times, 0.95))
}

function milliseconds(time: number): string {
  return `${time.toFixed(time < 10 ? 2 : 0)} ms`
}

function ratioOf(fieldmark: readonly number[], floor: readonly number[], goal: Goal | undefined): number {
  const ratio = quantile(fieldmark, 0.5) / quantile(floor, 0.5)
  return goal?.kind === 'speedAtLeast' ? 1 / ratio : ratio
}

function goalOf(goal: Goal, ratio: number, times: readonly number[]): string {
  switch (goal.kind) {
    case 'timeAtMost': return `≤ ${goal.ratio}x ${ratio <= goal.ratio ? 'met' : 'MISSED'}`
    case 'speedAtLeast': return `≥ ${goal.ratio}x ${ratio >= goal.ratio ? 'met' : 'MISSED'}`
    case 'slowestWithin': {
      const slowest = times.reduce((most, time) => Math.max(most, time), 0)
      return `slowest ${milliseconds(slowest)} ≤ ${goal.ms} ms ${slowest <= goal.ms ? 'met' : 'MISSED'}`
    }
    default: return assertNever(goal, 'goal')
  }
}
