import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

/** How many tests of a run passed, failed and were skipped. */
export interface Counts {
  passed: number
  failed: number
  skipped: number
}

const VitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
  errors: z.array(z.unknown()),
})

/** Counts a Vitest JSON report; a file that could not be loaded is one failure. */
export function countVitest(report: unknown): Counts {
  const run = VitestReport.parse(report)
  const unloaded = run.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return {
    passed: run.numPassedTests,
    failed: run.numFailedTests + unloaded.length,
    skipped: run.numPendingTests + run.numTodoTests,
  }
}

/** Counts a Playwright JSON report; an error outside of any test is one failure, and so is a test that passed at a second try. */
export function countPlaywright(report: unknown): Counts {
  const { stats, errors } = PlaywrightReport.parse(report)
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }
}

/**
 * The counts of a finished run. A run that ended in error without a failed test, or without a report, is one failure.
 * @param file the JSON report that the runner wrote
 * @param exitCode what the runner ended with
 */
export function readCounts(file: string, exitCode: number, count: (report: unknown) => Counts): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 }
  const counts = count(JSON.parse(readFileSync(file, 'utf8')))
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/** Adds the counts of several runs up. */
export function sum(runs: readonly Counts[]): Counts {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const run of runs) {
    total.passed += run.passed
    total.failed += run.failed
    total.skipped += run.skipped
  }
  return total
}

/** The closing line of a test run. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
