import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { withLock } from '../provision/lock.mjs'
import { nodeConfig, preloadConfig, windowConfig } from './configs.ts'
import { hashOf } from './hashOf.ts'

/** What the bundle is made of, relative to the checkout. */
const sources = ['electron', 'renderer', 'shared', 'build/bundle', 'package.json', 'package-lock.json', 'tsconfig.json']

/** Where the bundle of the application lies in a checkout. */
export function bundleFolder(root: string): string {
  return join(root, 'out', 'app')
}

/** Bundles the application into out/app, unless that is what the sources say already. */
export async function bundle(root: string): Promise<void> {
  await withLock(join(root, 'out', 'bundle.lock'), async () => {
    const outDir = bundleFolder(root)
    const stamp = join(outDir, 'sources.sha256')
    const hash = hashOf(root, sources)
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
    const started = performance.now()
    console.error('Bundling the application ...')
    rmSync(outDir, { recursive: true, force: true })
    mkdirSync(outDir, { recursive: true })
    process.env['NODE_ENV'] = 'production'
    await build(nodeConfig(root, outDir))
    await build(preloadConfig(root, outDir))
    await build(windowConfig(root, outDir))
    writeFileSync(stamp, hash)
    console.error(`Bundled in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  })
}
