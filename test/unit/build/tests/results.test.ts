import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { closingLine, countPlaywright, countVitest, readCounts, sum } from '../../../../build/tests/results.ts'

const vitestReport = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { status: 'passed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [{}] },
  ],
}

function reportFile(report: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), 'fieldmark-results-')), 'report.json')
  writeFileSync(file, JSON.stringify(report))
  return file
}

describe('counting test results', () => {
  it('counts a Vitest report', () => {
    expect(countVitest(vitestReport)).toEqual({ passed: 3, failed: 1, skipped: 3 })
  })

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [...vitestReport.testResults, { status: 'failed', assertionResults: [] }]
    expect(countVitest({ ...vitestReport, testResults }).failed).toBe(2)
  })

  it('counts flaky tests and errors outside of tests of a Playwright report as failures', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 1 }, errors: [{ message: 'no tests' }] }
    expect(countPlaywright(report)).toEqual({ passed: 5, failed: 3, skipped: 1 })
  })

  it('counts a run without a report as a failure', () => {
    expect(readCounts('/nonexistent/report.json', 0, countVitest)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('counts a run that ended in error as a failure, though each test passed', () => {
    const file = reportFile({ ...vitestReport, numFailedTests: 0, testResults: [] })
    expect(readCounts(file, 1, countVitest).failed).toBe(1)
    expect(readCounts(file, 0, countVitest).failed).toBe(0)
  })

  it('ends with one line over all runs, which names skipped tests only when there are any', () => {
    const total = sum([
      { passed: 2, failed: 0, skipped: 0 },
      { passed: 40, failed: 1, skipped: 0 },
    ])
    expect(closingLine(total)).toBe('42 passed, 1 failed')
    expect(closingLine({ ...total, skipped: 3 })).toBe('42 passed, 1 failed, 3 skipped')
  })
})
