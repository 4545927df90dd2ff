import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { sharpFromWebAssembly } from './bundle/sharpFromWebAssembly.ts'

const root = resolve(import.meta.dirname, '..')

/** Suites that run in plain Node, by name; each is the folder of that name under test/. */
const nodeSuites = ['unit', 'contract', 'integration', 'faults', 'orchestrator']

/** The parts of the window that need a document; the headless editor is tested in plain Node. */
const windowTests = 'test/unit/renderer/{app,bridge,canvas,features}/**/*.test.{ts,tsx}'

const shared = {
  root,
  plugins: [sharpFromWebAssembly()],
  server: { deps: { inline: ['sharp'] } },
}

export default defineConfig({
  root,
  cacheDir: 'node_modules/.vite',
  test: {
    reporters: ['default'],
    projects: [
      ...nodeSuites.map((name) => ({
        root,
        plugins: shared.plugins,
        test: {
          name,
          include: [`test/${name}/**/*.test.{ts,tsx}`],
          exclude: [windowTests],
          environment: 'node',
          server: shared.server,
          testTimeout: 20_000,
        },
      })),
      {
        root,
        test: { name: 'window', include: [windowTests], environment: 'jsdom', testTimeout: 20_000 },
      },
    ],
  },
})
