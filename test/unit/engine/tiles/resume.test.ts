import { appendFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { PartialFiles } from '../../../../electron/engine/tiles/partialFiles.ts'
import type { ReadFrom } from '../../../../electron/engine/sync/ports.ts'
import type { Asset } from '../../../../shared/domain/asset.ts'
import { jpegOf } from '../../../builders/images.ts'
import { memoryStore } from '../../../builders/memoryStore.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'
import { assetOf, ignore, openCache, signal } from './cacheSetup.ts'

const MIB = 2 ** 20
const partialIn = (workspaceDir: string) => readdirSync(join(workspaceDir, 'objects', 'partial'))
const partOf = (workspaceDir: string, { sha256 }: Asset) => join(workspaceDir, 'objects', 'partial', `${sha256}.part`)

/** An image of five mebibytes of which three had arrived when the connection broke. */
async function interrupted(length = 5 * MIB) {
  const bytes = Buffer.concat([await jpegOf(60, 40), Buffer.alloc(length, 'x')])
  const asset = assetOf(bytes, 60, 40)
  const store = memoryStore({ 'images/photo.jpg': bytes })
  const first = openCache({ needed: new Set([asset.sha256]) })
  store.network.cutAfter = Math.floor(length * 0.6)
  await expect(first.cache.fetch(asset, store, signal, ignore)).rejects.toMatchObject({ failure: { kind: 'transient' } })
  store.network.cutAfter = undefined
  return { ...first, bytes, asset, store, held: length > MIB ? statSync(partOf(first.workspaceDir, asset)).size : 0 }
}

describe('an interrupted download', () => {
  it('goes on where it was cut, and counts what is there already', async () => {
    const { cache, asset, store, bytes, held, workspaceDir } = await interrupted()
    const progress = vi.fn()
    await cache.fetch(asset, store, signal, progress)
    expect(held).toBeGreaterThan(2 * MIB)
    expect(store.ranges).toEqual([0, held])
    expect(progress.mock.calls[0]?.[0]).toBeGreaterThan(held)
    expect(progress).toHaveBeenLastCalledWith(bytes.length)
    expect([cache.has(asset), partialIn(workspaceDir)]).toEqual([true, []])
  })

  it('goes on after the workspace was closed and opened again', async () => {
    const { close, workspaceDir, asset, store, held } = await interrupted()
    await close()
    const { cache } = openCache({ workspaceDir, needed: new Set([asset.sha256]) })
    await cache.fetch(asset, store, signal, ignore)
    expect(store.ranges).toEqual([0, held])
    expect(cache.has(asset)).toBe(true)
  })

  it('goes on after it was cancelled', async () => {
    const bytes = Buffer.concat([await jpegOf(60, 40), Buffer.alloc(5 * MIB, 'x')])
    const asset = assetOf(bytes, 60, 40)
    const store = memoryStore({ 'images/photo.jpg': bytes })
    const cancel = new AbortController()
    const { cache } = openCache()
    await expect(cache.fetch(asset, store, cancel.signal, (received) => { if (received > 3 * MIB) cancel.abort(new Error('enough')) })).rejects.toThrow('enough')
    await cache.fetch(asset, store, signal, ignore)
    expect(store.ranges[1]).toBeGreaterThan(MIB)
    expect(cache.has(asset)).toBe(true)
  })

  it('starts over when there is another version in storage, and still takes no other bytes', async () => {
    const { cache, asset, store, bytes, workspaceDir } = await interrupted()
    store.held.set('images/photo.jpg', Buffer.alloc(bytes.length, 'y'))
    await expect(cache.fetch(asset, store, signal, ignore)).rejects.toMatchObject({ failure: { kind: 'corrupt' } })
    expect(partialIn(workspaceDir)).toEqual([])
    store.held.set('images/photo.jpg', bytes)
    await cache.fetch(asset, store, signal, ignore)
    expect(cache.has(asset)).toBe(true)
  })

  it.each<[string, (path: string, length: number) => void]>([
    ['spoilt', (path, length) => writeFileSync(path, Buffer.alloc(length - 5, 'z'))],
    ['too long', (path, length) => appendFileSync(path, Buffer.alloc(length))],
  ])('is never taken for whole when what lies on the disk is %s: it is fetched anew', async (_, spoil) => {
    const { cache, asset, store, bytes, workspaceDir } = await interrupted()
    spoil(partOf(workspaceDir, asset), bytes.length)
    await cache.fetch(asset, store, signal, ignore).catch((error: unknown) => expect(error).toMatchObject({ failure: { kind: 'corrupt' } }))
    await cache.fetch(asset, store, signal, ignore)
    expect([cache.has(asset), partialIn(workspaceDir)]).toEqual([true, []])
  })

  it('asks for nothing when all bytes had arrived before the end', async () => {
    const { cache, asset, store, bytes, workspaceDir } = await interrupted()
    writeFileSync(partOf(workspaceDir, asset), bytes)
    await cache.fetch(asset, store, signal, ignore)
    expect(store.fetched).toHaveLength(1)
    expect(cache.has(asset)).toBe(true)
  })

  it('goes on also when the note of its version is lost or unreadable', async () => {
    const { cache, asset, store, workspaceDir } = await interrupted()
    writeFileSync(partOf(workspaceDir, asset).replace('.part', '.json'), '{"key":')
    await cache.fetch(asset, store, signal, ignore)
    expect(cache.has(asset)).toBe(true)
  })

  it('keeps nothing of a small one', async () => {
    expect(partialIn((await interrupted(200_000)).workspaceDir)).toEqual([])
  })

  it('is forgotten at the next start when no task needs the image any more', async () => {
    const { close, workspaceDir } = await interrupted()
    await close()
    openCache({ workspaceDir })
    expect(partialIn(workspaceDir)).toEqual([])
  })

  it('leaves no connection open when the storage goes on somewhere else', async () => {
    let isOpen = true
    async function* read(from: ReadFrom) {
      try {
        from.onBegin({ offset: 3, version: undefined })
        yield Buffer.from('de')
      } finally {
        isOpen = false
      }
    }
    const { sha256 } = assetOf(Buffer.from('abcde'), 1, 1)
    const receiving = new PartialFiles(temporaryFolder()).receive({ sha256, size: 5, key: 'images/photo.jpg' as never, read }, ignore)
    await expect(receiving).rejects.toMatchObject({ failure: { kind: 'corrupt' } })
    expect(isOpen).toBe(false)
  })
})
