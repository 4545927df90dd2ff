import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it, vi } from 'vitest'
import type { Asset } from '../../../../shared/domain/asset.ts'
import { imageUrl, thumbnailUrl } from '../../../../shared/rpc/dataUrl.ts'
import { jpegOf, noise, pngBomb, SVG_WITH_SCRIPT } from '../../../builders/images.ts'
import { memoryStore } from '../../../builders/memoryStore.ts'
import { assetOf, ignore, openCache, sha256Of, signal } from './cacheSetup.ts'

const unfinishedIn = (workspaceDir: string) => ['unfinished', 'partial'].flatMap((name) => readdirSync(join(workspaceDir, 'objects', name)))
const fileOf = (workspaceDir: string, { sha256 }: Asset) => join(workspaceDir, 'objects', sha256.slice(0, 2), sha256)

describe('fetching an image', () => {
  it('keeps the verified bytes, serves them to the window and makes a thumbnail', async () => {
    const bytes = await jpegOf(600, 400)
    const asset = assetOf(bytes, 600, 400)
    const { cache } = openCache()
    const progress = vi.fn()
    expect(cache.has(asset)).toBe(false)
    await cache.fetch(asset, memoryStore({ 'images/photo.jpg': bytes }), signal, progress)
    expect(progress).toHaveBeenLastCalledWith(bytes.length)
    expect(cache.images.describe(asset)).toEqual({ kind: 'whole', url: imageUrl(asset.sha256), width: 600, height: 400 })
    const served = await cache.images.serve(imageUrl(asset.sha256))
    expect(served?.mediaType).toBe('image/jpeg')
    expect(sha256Of(served?.bytes ?? new Uint8Array())).toBe(asset.sha256)
    await cache.checked()
    expect(await sharp((await cache.images.serve(thumbnailUrl(asset.sha256)))?.bytes).metadata()).toMatchObject({ format: 'webp', width: 256 })
  })

  it('tells the window how large a pixel is: by the record of the image, else by its file', async () => {
    const bytes = await noise(600, 400).withMetadata({ density: 254 }).png().toBuffer()
    const asset = assetOf(bytes, 600, 400)
    const { cache } = openCache()
    await cache.fetch(asset, memoryStore({ 'images/photo.jpg': bytes }), signal, ignore)
    expect(cache.images.describe(asset)?.pixelSize).toEqual({ x: 100, y: 100 })
    expect(cache.images.describe({ ...asset, pixelSize: { x: 0.25, y: 0.5 } })?.pixelSize).toEqual({ x: 0.25, y: 0.5 })
  })

  it('fetches the same bytes once for two assets that ask at the same time', async () => {
    const bytes = await jpegOf(60, 40)
    const store = memoryStore({ 'images/photo.jpg': bytes, 'images/copy.jpg': bytes })
    const { cache } = openCache()
    await Promise.all([assetOf(bytes, 60, 40), assetOf(bytes, 60, 40, { name: 'copy.jpg' })].map((asset) => cache.fetch(asset, store, signal, ignore)))
    expect(store.fetched).toEqual(['images/photo.jpg'])
  })

  it('compares the size as the window shows it with what the task says', async () => {
    const bytes = await noise(60, 40).jpeg().withMetadata({ orientation: 6 }).toBuffer()
    const store = memoryStore({ 'images/photo.jpg': bytes })
    const { cache } = openCache()
    await expect(cache.fetch(assetOf(bytes, 60, 40), store, signal, ignore)).rejects.toMatchObject({ problem: { code: 'imageCorrupt' } })
    await cache.fetch(assetOf(bytes, 40, 60), store, signal, ignore)
  })

  it.each([
    ['other bytes of the same length', (bytes: Uint8Array) => bytes.with(5000, 1 ^ (bytes[5000] ?? 0))],
    ['a part of the bytes', (bytes: Uint8Array) => bytes.subarray(0, 5000)],
    ['more than the bytes', (bytes: Uint8Array) => Buffer.concat([bytes, new Uint8Array(9)])],
  ])('refuses %s and leaves nothing behind', async (_, spoil) => {
    const bytes = await jpegOf(300, 200)
    const asset = assetOf(bytes, 300, 200)
    const store = memoryStore({ 'images/photo.jpg': spoil(Uint8Array.from(bytes)) })
    const { cache, workspaceDir } = openCache()
    await expect(cache.fetch(asset, store, signal, ignore)).rejects.toMatchObject({ name: 'RemoteError', failure: { kind: 'corrupt' } })
    expect([cache.has(asset), cache.usage().usedBytes, unfinishedIn(workspaceDir)]).toEqual([false, 0, []])
    store.held.set('images/photo.jpg', bytes)
    await cache.fetch(asset, store, signal, ignore)
    expect(cache.has(asset)).toBe(true)
  })

  it.each([
    ['random bytes', () => crypto.getRandomValues(new Uint8Array(999)), 'image/jpeg', 'imageCorrupt'],
    ['a decompression bomb', pngBomb, 'image/png', 'imageTooLarge'],
    ['an SVG with a script', () => Buffer.from(SVG_WITH_SCRIPT), 'image/svg+xml', 'imageUnsupported'],
    ['an SVG that claims to be a PNG', () => Buffer.from(SVG_WITH_SCRIPT), 'image/png', 'imageCorrupt'],
  ])('says what is wrong with %s and keeps none of it', async (_, make, mediaType, code) => {
    const bytes = make()
    const asset = assetOf(bytes, 9, 9, { mediaType })
    const { cache, workspaceDir } = openCache()
    await expect(cache.fetch(asset, memoryStore({ 'images/photo.jpg': bytes }), signal, ignore)).rejects.toMatchObject({ name: 'AssetProblem', problem: { code } })
    expect([cache.has(asset), cache.usage().usedBytes, readdirSync(join(workspaceDir, 'objects', asset.sha256.slice(0, 2)))]).toEqual([false, 0, []])
  })

  it('finds out soon after that a JPEG is cut short, and takes it back', async () => {
    const bytes = (await jpegOf(600, 400)).subarray(0, 30_000)
    const asset = assetOf(bytes, 600, 400)
    const { cache, problems } = openCache()
    await cache.fetch(asset, memoryStore({ 'images/photo.jpg': bytes }), signal, ignore)
    await cache.checked()
    expect(problems).toMatchObject([{ code: 'imageCorrupt' }])
    expect(cache.has(asset)).toBe(false)
  })

  it('stops when it is cancelled', async () => {
    const bytes = await jpegOf(300, 200)
    const cancel = new AbortController()
    const { cache, workspaceDir } = openCache()
    const fetching = cache.fetch(assetOf(bytes, 300, 200), memoryStore({ 'images/photo.jpg': bytes }), cancel.signal, () => cancel.abort(new Error('enough')))
    await expect(fetching).rejects.toThrow('enough')
    expect(unfinishedIn(workspaceDir)).toEqual([])
  })
})

describe('what lies in the cache', () => {
  it('is verified when it is read: damaged bytes are reported and fetched again', async () => {
    const bytes = await jpegOf(60, 40)
    const asset = assetOf(bytes, 60, 40)
    const store = memoryStore({ 'images/photo.jpg': bytes })
    const { cache, workspaceDir, lost } = openCache()
    await cache.fetch(asset, store, signal, ignore)
    writeFileSync(fileOf(workspaceDir, asset), 'rot')
    expect(await cache.images.serve(imageUrl(asset.sha256))).toBeUndefined()
    expect([lost, cache.has(asset)]).toEqual([[asset.sha256], false])
    await cache.fetch(asset, store, signal, ignore)
    expect(await cache.images.serve(imageUrl(asset.sha256))).toBeDefined()
  })

  it('can be verified as a whole', async () => {
    const [good, bad] = [await jpegOf(60, 40, 1), await jpegOf(60, 40, 2)]
    const { cache, workspaceDir, lost } = openCache()
    const store = memoryStore({ 'images/good.jpg': good, 'images/bad.jpg': bad })
    const assets = [assetOf(good, 60, 40, { name: 'good.jpg' }), assetOf(bad, 60, 40, { name: 'bad.jpg' })] as const
    for (const asset of assets) await cache.fetch(asset, store, signal, ignore)
    expect(await cache.images.verify(signal, ignore)).toEqual({ checked: 2, damaged: [] })
    writeFileSync(fileOf(workspaceDir, assets[1]), 'rot')
    expect(await cache.images.verify(signal, ignore)).toEqual({ checked: 2, damaged: [assets[1].sha256] })
    expect(lost).toEqual([assets[1].sha256])
  })

  it('survives closing, and the loss of cache.db costs no download', async () => {
    const bytes = await jpegOf(60, 40)
    const asset = assetOf(bytes, 60, 40)
    const store = memoryStore({ 'images/photo.jpg': bytes })
    const first = openCache()
    const { workspaceDir } = first
    await first.cache.fetch(asset, store, signal, ignore)
    await first.close()
    const second = openCache({ workspaceDir })
    expect(second.cache.has(asset)).toBe(true)
    await second.close()
    for (const spoil of [() => rmSync(join(workspaceDir, 'cache.db')), () => writeFileSync(join(workspaceDir, 'cache.db'), 'no database at all'.repeat(99))]) {
      spoil()
      const next = openCache({ workspaceDir })
      expect([next.cache.has(asset), next.cache.usage().usedBytes]).toEqual([false, bytes.length])
      await next.cache.fetch(asset, store, signal, ignore)
      expect(next.cache.has(asset)).toBe(true)
      await next.close()
    }
    expect(store.fetched).toHaveLength(1)
  })

  it('notices at start that files were deleted', async () => {
    const bytes = await jpegOf(60, 40)
    const asset = assetOf(bytes, 60, 40)
    const first = openCache()
    await first.cache.fetch(asset, memoryStore({ 'images/photo.jpg': bytes }), signal, ignore)
    await first.close()
    rmSync(join(first.workspaceDir, 'objects'), { recursive: true })
    const { cache } = openCache({ workspaceDir: first.workspaceDir })
    expect([cache.has(asset), cache.usage().usedBytes]).toEqual([false, 0])
  })

  it.each(['fieldmark-data://image/../../etc/passwd', 'fieldmark-data://tile/0/0_0', 'file:///etc/passwd', `${imageUrl(sha256Of(new Uint8Array()))}?x`])('does not answer %s', async (url) => {
    expect(await openCache().cache.images.serve(url)).toBeUndefined()
  })
})

describe('the disk budget', () => {
  it('drops what was used longest ago, never what a task needs', async () => {
    const images = await Promise.all([1, 2, 3, 4].map((seed) => jpegOf(300, 200, seed)))
    const assets = images.map((bytes, index) => assetOf(bytes, 300, 200, { name: `${index}.jpg` }))
    const store = memoryStore(Object.fromEntries(images.map((bytes, index) => [`images/${index}.jpg`, bytes])))
    const [first, second, third, fourth] = assets
    if (!first || !second || !third || !fourth) throw new Error('four assets')
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
    const needed = new Set([first.sha256])
    const { cache } = openCache({ needed })
    for (const asset of [first, second, third]) {
      await cache.fetch(asset, store, signal, ignore)
      vi.advanceTimersByTime(3_600_000)
    }
    await cache.checked()
    await cache.images.readWhole(second.sha256)
    vi.useRealTimers()
    cache.setBudget(cache.usage().usedBytes)
    expect(cache.makeRoom(fourth.size)).toBe(true)
    expect([first, second, third].map((asset) => cache.has(asset))).toEqual([true, true, false])
    needed.add(second.sha256)
    expect(cache.makeRoom(cache.usage().budgetBytes)).toBe(false)
    expect([first, second].map((asset) => cache.has(asset))).toEqual([true, true])
  })
})
