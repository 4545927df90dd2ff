import { defineConfig } from '@playwright/test'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

export default defineConfig({
  testDir: resolve(root, 'test/e2e'),
  testMatch: '**/*.spec.ts',
  outputDir: resolve(root, 'out/test-results/e2e'),
  // Each test drives a whole application: more at once only make each other slow.
  workers: 1,
  // A test that passes at the second try hides a defect.
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: resolve(root, 'out/test-results/e2e.json') }]],
})
