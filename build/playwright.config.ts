import { defineConfig } from '@playwright/test'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

/** One for each worker, because windows on one display share its clipboard and its keyboard; a single nameless one where the machine has a display of its own. */
const displays = (process.env['FIELDMARK_DISPLAYS'] ?? '').split(' ')
const display = displays[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)]
// Each worker reads this file, and what it starts takes over its environment.
if (display) process.env['DISPLAY'] = display

export default defineConfig({
  testDir: resolve(root, 'test/e2e'),
  testMatch: '**/*.spec.ts',
  outputDir: resolve(root, 'out/test-results/e2e'),
  // Each test drives a whole application, which waits a fifth of its time.
  workers: displays.length,
  // A test that passes at the second try hides a defect.
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: resolve(root, 'out/test-results/e2e.json') }]],
})
