// `npm test` runs every test; `npm test -- unit camera` runs the files of the suite `unit` that have `camera` in their names.
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { prepareApp } from './app/prepareApp.ts'
import { exitCodeOf, runCommand, startProcess } from './app/processes.ts'
import { testEnvironment } from './app/testEnvironment.ts'
import { hasDisplay, openDisplay } from './display/display.ts'
import { packageApp } from './package/packageApp.ts'
import { closingLine, countPlaywright, countVitest, readCounts, sum } from './tests/results.ts'
import type { Counts } from './tests/results.ts'
import { selectTests } from './tests/selection.ts'
import type { Selection } from './tests/selection.ts'

const root = resolve(import.meta.dirname, '..')
const reports = join(root, 'out/test-results')
/** Applications that are driven at the same time, where each can have a display for itself. */
const AT_ONCE = 2

await runCommand(async () => {
  const selection = selectTests(process.argv.slice(2))
  rmSync(reports, { recursive: true, force: true })
  mkdirSync(reports, { recursive: true })
  const runs: Counts[] = []
  if (selection.vitestSuites.length > 0) runs.push(await orFailure(runVitest(selection)))
  if (selection.endToEnd) runs.push(await orFailure(runEndToEnd(selection)))
  const total = sum(runs)
  if (total.passed + total.failed === 0) console.error('No test ran.')
  console.log(closingLine(total))
  return total.failed === 0 && total.passed > 0 ? 0 : 1
})

/** A run that could not even start is one failure, so that the closing line comes in any case. */
async function orFailure(run: Promise<Counts>): Promise<Counts> {
  try {
    return await run
  } catch (error) {
    console.error(error)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

async function runVitest({ vitestSuites, files }: Selection): Promise<Counts> {
  const report = join(reports, 'vitest.json')
  const suites = vitestSuites.flatMap((name) => ['--project', name])
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = ['run', '--config', 'build/vitest.config.ts', '--passWithNoTests', ...suites, ...reporters, ...files]
  const exitCode = await runTool('vitest/vitest.mjs', args, {})
  return readCounts(report, exitCode, countVitest)
}

async function runEndToEnd({ files }: Selection): Promise<Counts> {
  const runtime = await prepareApp(root)
  const packaged = await packageApp(root, runtime)
  const displays = await Promise.all(Array.from({ length: hasDisplay() ? 1 : AT_ONCE }, openDisplay))
  const report = join(reports, 'e2e.json')
  const args = ['test', '--config', 'build/playwright.config.ts', '--pass-with-no-tests', ...files]
  const environment = {
    ...displays[0]?.environment, ...testEnvironment(root, runtime), FIELDMARK_PACKAGED: packaged, FIELDMARK_SEEDED_DEMO: join(reports, 'seeded-demo'),
    FIELDMARK_DISPLAYS: displays.map(({ environment }) => environment['DISPLAY'] ?? '').join(' '),
  }
  const exitCode = await runTool('@playwright/test/cli.js', args, environment)
  return readCounts(report, exitCode, countPlaywright)
}

function runTool(script: string, args: string[], environment: Record<string, string>): Promise<number> {
  const env = { ...process.env, ...environment }
  return exitCodeOf(startProcess(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit', env }))
}
