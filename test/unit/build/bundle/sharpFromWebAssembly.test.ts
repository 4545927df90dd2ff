import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { afterEach, describe, expect, it } from 'vitest'
import { sharpFromWebAssembly } from '../../../../build/bundle/sharpFromWebAssembly.ts'

const made: string[] = []
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

const checkout = resolve(import.meta.dirname, '../../../..')

/** Bundles a module that uses sharp, inside the checkout so that the bundle finds the packages beside it, and loads it. */
async function loadBundled(source: string): Promise<Record<string, unknown>> {
  mkdirSync(join(checkout, 'out'), { recursive: true })
  const root = mkdtempSync(join(checkout, 'out', 'test-sharp-'))
  made.push(root)
  writeFileSync(join(root, 'index.mjs'), source)
  await build({
    configFile: false,
    logLevel: 'silent',
    root,
    plugins: [sharpFromWebAssembly()],
    ssr: { noExternal: true },
    build: { ssr: true, outDir: 'out', rolldownOptions: { input: join(root, 'index.mjs'), external: [/^@img\//], output: { entryFileNames: '[name].mjs' } } },
  })
  return (await import(/* @vite-ignore */ pathToFileURL(join(root, 'out/index.mjs')).href)) as Record<string, unknown>
}

describe('sharp in the bundle', () => {
  it('is the WebAssembly build, and works', async () => {
    const source = `import sharp from 'sharp'
      const red = await sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } }).png().toBuffer()
      const { width, height, format } = await sharp(await sharp(red).resize(10).jpeg().toBuffer()).metadata()
      export const isWebAssembly = 'emscripten' in sharp.versions
      export const image = { width, height, format }`
    const { isWebAssembly, image } = await loadBundled(source)
    expect(isWebAssembly).toBe(true)
    expect(image).toEqual({ width: 10, height: 5, format: 'jpeg' })
  })
})
