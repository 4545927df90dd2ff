import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'
import { entriesByUrl } from '../../../../build/bundle/entriesByUrl.ts'

const entries = { 'main/index': 'main/index.ts', 'engine/worker': 'engine/tiles/worker.ts' }

async function bundle(mainSource: string): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'fieldmark-bundle-'))
  mkdirSync(join(root, 'main'))
  mkdirSync(join(root, 'engine/tiles'), { recursive: true })
  writeFileSync(join(root, 'main/index.ts'), mainSource)
  writeFileSync(join(root, 'engine/tiles/worker.ts'), 'console.log(1)')
  const input = Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, join(root, source)]))
  await build({
    configFile: false,
    logLevel: 'silent',
    root,
    plugins: [entriesByUrl(root, entries)],
    build: { ssr: true, outDir: 'out', rolldownOptions: { input, output: { entryFileNames: '[name].js' } } },
  })
  return readFileSync(join(root, 'out/main/index.js'), 'utf8')
}

describe('naming an entry of the bundle by its source', () => {
  it('points at the output, relative to the file that names it', async () => {
    const output = await bundle(`console.log(new URL('../engine/tiles/worker.ts', import.meta.url))`)
    expect(output).toMatch(/new URL\(["']\.\.\/engine\/worker\.js["'], import\.meta\.url\)/)
  })

  it('refuses a source that is not an entry', async () => {
    await expect(bundle(`console.log(new URL('./other.ts', import.meta.url))`)).rejects.toThrow(/main\/other\.ts: make it an entry/)
  })
})
