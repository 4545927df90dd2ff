import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { nodeSuites } from './tests/selection.ts'

const root = resolve(import.meta.dirname, '..')

/** The parts of the window that need a document; the headless editor is tested in plain Node. */
const windowTests = 'test/unit/renderer/{app,bridge,canvas,features}/**/*.test.{ts,tsx}'

const testTimeout = 20_000

export default defineConfig({
  root,
  cacheDir: 'node_modules/.vite',
  test: {
    // Vitest leaves a core to its watcher, which on a machine of two means one file at a time; many tests wait more than they work.
    maxWorkers: availableParallelism(),
    projects: [
      ...nodeSuites.map((name) => ({
        root,
        test: {
          name, include: [`test/${name}/**/*.test.{ts,tsx}`], exclude: [windowTests], environment: 'node', testTimeout,
          // Unit tests change nothing in what they import, so that each worker reads it once.
          isolate: name !== 'unit',
        },
      })),
      { root, test: { name: 'window', include: [windowTests], environment: 'jsdom', testTimeout } },
    ],
  },
})
