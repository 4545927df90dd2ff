import react from '@vitejs/plugin-react'
import { join } from 'node:path'
import type { AcceptedPlugin } from 'postcss'
import mantine from 'postcss-preset-mantine'
import simpleVars from 'postcss-simple-vars'
import type { InlineConfig } from 'vite'
import { entriesByUrl } from './entriesByUrl.ts'
import { sharpFromWebAssembly } from './sharpFromWebAssembly.ts'

/** What both runtimes have: the closed-network Electron is the older of the two. */
const nodeTarget = 'node20.18'
const windowTarget = 'chrome130'

/** What is not bundled: Electron's own module, and the packages that carry machine code. */
const external = ['electron', 'better-sqlite3', '@techstark/opencv-js', 'onnxruntime-node', /^@img\/sharp-wasm32(\/|$)/]

/** Processes with Node: their entries in the source, by their name in the bundle. */
const nodeEntries = {
  'main/index': 'electron/main/index.ts',
  'engine/index': 'electron/engine/main.ts',
  'engine/modelWorker': 'electron/engine/assist/model/modelWorker.ts',
  'engine/visionWorker': 'electron/engine/assist/vision/visionWorker.ts',
  'engine/checkEntriesWorker': 'electron/engine/audit/checkEntriesWorker.ts',
  'engine/checkWorker': 'electron/engine/db/checkWorker.ts',
  'engine/agreementWorker': 'electron/engine/quality/agreementWorker.ts',
  'engine/imageWorker': 'electron/engine/tiles/imageWorker.ts',
}

/** The breakpoints that Mantine's style sheets may name. */
const mantineBreakpoints = {
  'mantine-breakpoint-xs': '36em',
  'mantine-breakpoint-sm': '48em',
  'mantine-breakpoint-md': '62em',
  'mantine-breakpoint-lg': '75em',
  'mantine-breakpoint-xl': '88em',
}

const common = { configFile: false, logLevel: 'warn', envDir: false } satisfies InlineConfig

/** The main process, the engine and its workers: ES modules that may share chunks. */
export function nodeConfig(root: string, outDir: string): InlineConfig {
  const entries = Object.entries(nodeEntries)
  return {
    ...common,
    root,
    plugins: [sharpFromWebAssembly(), entriesByUrl(root, nodeEntries)],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: nodeTarget,
      outDir,
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        external,
        input: Object.fromEntries(entries.map(([name, source]) => [name, join(root, source)])),
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  }
}

/** The preload script: one CommonJS file, for a sandboxed window loads nothing else. */
export function preloadConfig(root: string, outDir: string): InlineConfig {
  return {
    ...common,
    root,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: nodeTarget,
      outDir: join(outDir, 'preload'),
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        external,
        input: join(root, 'electron/preload/index.ts'),
        output: { format: 'cjs', entryFileNames: 'index.cjs', codeSplitting: false },
      },
    },
  }
}

/** The window. Nothing is inlined as a data URL, so that its content security policy can stay strict. */
export function windowConfig(root: string, outDir: string): InlineConfig {
  return {
    ...common,
    root: join(root, 'renderer'),
    base: './',
    plugins: [react()],
    css: { postcss: { plugins: [(mantine as () => AcceptedPlugin)(), simpleVars({ variables: mantineBreakpoints })] } },
    build: {
      target: windowTarget,
      outDir: join(outDir, 'renderer'),
      emptyOutDir: false,
      sourcemap: true,
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4096,
      modulePreload: { polyfill: false },
    },
  }
}
