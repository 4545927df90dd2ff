import { posix, relative, resolve, sep } from 'node:path'
import type { Plugin } from 'vite'

const inSource = /new URL\(\s*['"](\.[^'"]+\.ts)['"],\s*import\.meta\.url\s*\)/g
const inChunk = /bundled-entry:([\w/-]+)/g

/**
 * Lets code name another entry of the bundle (a worker, a utility process) as `new URL('./worker.ts', import.meta.url)`: the
 * same line finds the source under plain Node and the output in the application.
 * @param entries each entry's source, relative to `root`, by its output name without extension
 */
export function entriesByUrl(root: string, entries: Readonly<Record<string, string>>): Plugin {
  const names = new Map(Object.entries(entries).map(([name, source]) => [source, name]))
  return {
    name: 'entries-by-url',
    enforce: 'pre',
    transform(code, importer) {
      const named = code.replace(inSource, (_, path: string) => {
        const source = relative(root, resolve(importer, '..', path)).split(sep).join('/')
        const name = names.get(source) ?? this.error(`${importer} refers to ${source}: make it an entry in configs.ts`)
        return `new URL('bundled-entry:${name}', import.meta.url)`
      })
      return named === code ? null : { code: named, map: null }
    },
    renderChunk(code, chunk) {
      const from = posix.dirname(chunk.fileName)
      const located = code.replace(inChunk, (_, name: string) => {
        const path = posix.relative(from, `${name}.js`)
        return path.startsWith('.') ? path : `./${path}`
      })
      return located === code ? null : { code: located, map: null }
    },
  }
}
