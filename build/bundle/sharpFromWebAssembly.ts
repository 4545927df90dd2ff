import type { Plugin } from 'vite'

const loader = /[\\/]sharp[\\/]dist[\\/]sharp\.mjs$/

/**
 * Makes the bundled sharp use its WebAssembly build (`@img/sharp-wasm32`) instead of the native one.
 *
 * sharp's JavaScript is bundled and its one module that picks a binary is replaced, because sharp itself only falls back to
 * WebAssembly when the native binary is not installed, and that one leaks memory and floods the log inside Electron on Linux.
 * Under plain Node, where nothing is bundled, `electron/engine/tiles/sharp.ts` sees to the same.
 */
export function sharpFromWebAssembly(): Plugin {
  return {
    name: 'sharp-from-webassembly',
    enforce: 'pre',
    load(id) {
      if (!loader.test(id)) return null
      return [
        `import { createRequire } from 'node:module'`,
        `export default createRequire(import.meta.url)('@img/sharp-wasm32/sharp.node')`,
      ].join('\n')
    },
  }
}
