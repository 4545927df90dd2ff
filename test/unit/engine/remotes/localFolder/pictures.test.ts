import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { ImageDecoder } from '../../../../../electron/engine/tiles/imageDecoder.ts'
import { objectKeyOf } from '../../../../../shared/domain/asset.ts'
import { COPIES_MARKER } from '../../../../../shared/formats/copiesMarker.ts'
import { jpegOf, noise, pngBomb, SVG_WITH_SCRIPT } from '../../../../builders/images.ts'
import { temporaryFolder } from '../../../../builders/temporaryFolder.ts'
import { failureOf, namesIn, openFolder, pullAll, put, replay, shaOf, signal } from './setup.ts'

describe('looking through a folder', () => {
  it('makes each image a task, in the order in which people count, and leaves all else alone', async () => {
    const folder = temporaryFolder()
    for (const path of ['img10.jpg', 'img2.JPG', 'deep/er/a.tiff', 'deep/b.webp', '.hidden.jpg', '.trash/c.jpg', '.fieldmark/objects/d.png', 'notes.txt', 'drawing.svg']) put(folder, path, path)
    const { local, scan } = await openFolder({ folder })
    await scan()
    const { changes } = await pullAll(local)
    expect(changes.slice(0, 2).map(({ kind }) => kind)).toEqual(['labelSchema', 'project'])
    const { names, tasks } = replay(changes)
    expect(names).toEqual(['deep/b.webp', 'deep/er/a.tiff', 'img2.JPG', 'img10.jpg'])
    expect(tasks[1]).toMatchObject({ state: 'assigned', assignee: 'local', tags: { folder: 'deep/er' } })
  })

  it('reads real images, and gives those that cannot be read a task too', async () => {
    const folder = temporaryFolder()
    put(folder, 'photo.jpg', await noise(60, 40).jpeg().withMetadata({ orientation: 6 }).toBuffer())
    put(folder, 'random.jpg', crypto.getRandomValues(new Uint8Array(500)))
    put(folder, 'bomb.png', pngBomb())
    put(folder, 'script.png', SVG_WITH_SCRIPT)
    const decoder = new ImageDecoder()
    onTestFinished(() => decoder.close())
    const { local, scan } = await openFolder({ folder, readHeader: (file, abort) => decoder.header(file, abort) })
    await scan()
    const assets = (await pullAll(local)).changes.flatMap((change) => (change.kind === 'asset' ? [change.record] : []))
    expect(assets.map(({ name, width, height, mediaType }) => [name, width, height, mediaType])).toEqual([
      ['bomb.png', 1, 1, 'image/png'], ['photo.jpg', 40, 60, 'image/jpeg'], ['random.jpg', 1, 1, 'image/jpeg'], ['script.png', 1, 1, 'image/png'],
    ])
  })

  it('does not follow symbolic links, and serves no file through one', async () => {
    const [folder, outside] = [temporaryFolder(), temporaryFolder()]
    put(outside, 'secret.jpg', 'secret')
    put(folder, 'real.jpg', 'real')
    symlinkSync(join(outside, 'secret.jpg'), join(folder, 'link.jpg'))
    symlinkSync(outside, join(folder, 'linked'))
    const { local, scan } = await openFolder({ folder })
    await scan()
    expect(await namesIn(local)).toEqual(['real.jpg'])
    const asset = (await pullAll(local)).changes.flatMap((change) => (change.kind === 'asset' ? [change.record] : []))[0]
    if (!asset) throw new Error('one asset')
    const ref = { key: objectKeyOf(asset.uri), assetId: asset.id }
    const read = async () => {
      const parts: Uint8Array[] = []
      for await (const part of local.store.get(ref, signal)) parts.push(part)
      return Buffer.concat(parts)
    }
    expect((await read()).toString()).toBe('real')
    rmSync(join(folder, 'real.jpg'))
    symlinkSync(join(outside, 'secret.jpg'), join(folder, 'real.jpg'))
    expect(await failureOf(read())).toMatchObject({ kind: 'refused' })
  })

  it('leaves out folders of copies that an export made, also those that became one later; never the whole project', async () => {
    const folder = temporaryFolder()
    for (const path of ['a.jpg', COPIES_MARKER, 'out/b.jpg', `out/images/${COPIES_MARKER}`, 'out/images/c.jpg', 'out/images/deep/d.jpg', 'later/e.jpg']) put(folder, path, path)
    const { local, scan } = await openFolder({ folder })
    await scan()
    expect(await namesIn(local)).toEqual(['a.jpg', 'later/e.jpg', 'out/b.jpg'])
    put(folder, `later/${COPIES_MARKER}`, '{}')
    await scan()
    expect(await namesIn(local)).toEqual(['a.jpg', 'out/b.jpg'])
  })

  it('spells names the way people see them, whatever the file system does', async () => {
    const folder = temporaryFolder()
    put(folder, 'n\u0303andu\u0301.jpg', 'bird')
    const { local, scan } = await openFolder({ folder })
    await scan()
    expect(await namesIn(local)).toEqual(['ñandú.jpg'])
  })

  it('waits until a file that is being written has come to rest', async () => {
    const folder = temporaryFolder()
    const { local, scan } = await openFolder({ folder })
    await writeFile(join(folder, 'growing.jpg'), 'first')
    const scanning = scan()
    for (let part = 0; part < 4; part++) {
      await delay(400)
      await appendFile(join(folder, 'growing.jpg'), ` part ${part}`)
    }
    await scanning
    const assets = (await pullAll(local)).changes.filter((change) => change.kind === 'asset')
    expect(assets).toHaveLength(1)
    expect(assets[0]).toMatchObject({ record: { sha256: shaOf('first part 0 part 1 part 2 part 3') } })
  })

  it('reads unchanged files once only, also after a restart', async () => {
    const folder = temporaryFolder()
    put(folder, 'a.jpg', 'a')
    const readHeader = vi.fn(async () => ({ mediaType: 'image/jpeg', width: 1, height: 1 }))
    const first = await openFolder({ folder, readHeader })
    await first.scan()
    const before = await pullAll(first.local)
    await first.close()
    const second = await openFolder({ folder, readHeader })
    await second.scan()
    expect(readHeader).toHaveBeenCalledTimes(1)
    expect(await pullAll(second.local, before.cursor)).toEqual({ ...before, changes: [] })
  })

  it('gives the same ids in every workspace over the same files', async () => {
    const ids = async () => {
      const folder = temporaryFolder()
      put(folder, 'x/a.jpg', 'a')
      const { local, scan } = await openFolder({ folder })
      await scan()
      return replay((await pullAll(local)).changes).tasks.map(({ id }) => id)
    }
    expect(await ids()).toEqual(await ids())
  })

  it('takes 3,000 images in batches, over several pages, without holding up the process', async () => {
    const folder = temporaryFolder()
    for (let index = 0; index < 3000; index++) put(folder, `${index % 30}/${index}.jpg`, `picture ${index}`)
    const { local, changes } = await openFolder({ folder })
    const progress: number[] = []
    const loop = monitorEventLoopDelay({ resolution: 5 })
    loop.enable()
    await local.scan(signal, (done) => progress.push(done))
    loop.disable()
    expect(loop.percentile(90) / 1e6).toBeLessThan(100)
    expect(progress).toEqual(Array.from({ length: 61 }, (_, batch) => batch * 50))
    expect(changes()).toBe(60)
    expect(await namesIn(local)).toHaveLength(3000)
  })

  it('can be cancelled, and goes on later', async () => {
    const folder = temporaryFolder()
    for (let index = 0; index < 200; index++) put(folder, `${index}.jpg`, `picture ${index}`)
    const { local, scan } = await openFolder({ folder })
    const cancel = new AbortController()
    await expect(local.scan(cancel.signal, (done) => { if (done === 100) cancel.abort(new Error('enough')) })).rejects.toThrow('enough')
    expect(await namesIn(local)).toHaveLength(100)
    await scan()
    expect(await namesIn(local)).toHaveLength(200)
  })
})

describe('what changed since the last look', () => {
  it('takes the task of a removed picture away, but keeps one that somebody worked on', async () => {
    const folder = temporaryFolder()
    for (const name of ['begun.jpg', 'new.jpg', 'stays.jpg']) put(folder, name, name)
    const begun = new Set<string>()
    const { local, scan } = await openFolder({ folder, hasLocalWork: (taskId) => begun.has(taskId) })
    await scan()
    const first = replay((await pullAll(local)).changes).tasks[0]
    begun.add(first?.id ?? '')
    rmSync(join(folder, 'begun.jpg'))
    rmSync(join(folder, 'new.jpg'))
    await scan()
    expect(await namesIn(local)).toEqual(['begun.jpg', 'stays.jpg'])
  })

  it('knows a renamed picture by its bytes: same task, new name', async () => {
    const folder = temporaryFolder()
    put(folder, 'before.jpg', 'one')
    const { local, scan } = await openFolder({ folder })
    await scan()
    const before = replay((await pullAll(local)).changes).tasks
    renameSync(join(folder, 'before.jpg'), join(folder, 'after.jpg'))
    await scan()
    const after = replay((await pullAll(local)).changes)
    expect(after.names).toEqual(['after.jpg'])
    expect(after.tasks.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    put(folder, 'before.jpg', 'one')
    await scan()
    expect(new Set(await namesIn(local))).toEqual(new Set(['after.jpg', 'before.jpg']))
  })

  it('knows a picture that comes back', async () => {
    const folder = temporaryFolder()
    put(folder, 'a.jpg', 'one')
    const { local, scan } = await openFolder({ folder })
    await scan()
    const before = replay((await pullAll(local)).changes).tasks
    rmSync(join(folder, 'a.jpg'))
    await scan()
    expect(await namesIn(local)).toEqual([])
    put(folder, 'a.jpg', 'one')
    await scan()
    expect(replay((await pullAll(local)).changes).tasks).toEqual(before)
  })

  it('gives a picture with other bytes a new task, and two that trade names keep theirs apart', async () => {
    const folder = temporaryFolder()
    put(folder, 'a.jpg', 'one')
    put(folder, 'b.jpg', 'number two')
    const { local, scan } = await openFolder({ folder })
    await scan()
    put(folder, 'a.jpg', 'number two')
    put(folder, 'b.jpg', 'one')
    await scan()
    const { changes } = await pullAll(local)
    const assets = new Map(changes.flatMap((change) => (change.kind === 'asset' ? [[change.record.id as string, change.record]] : [])))
    const shown = replay(changes).tasks.map(({ assetId }) => assets.get(assetId)).map((asset) => [asset?.name, asset?.sha256])
    expect(shown.sort()).toEqual([['a.jpg', shaOf('number two')], ['b.jpg', shaOf('one')]])
  })

  it('does not take a folder that is gone for one that was emptied', async () => {
    const folder = join(temporaryFolder(), 'drive')
    mkdirSync(folder)
    put(folder, 'a.jpg', 'a')
    const { local, scan } = await openFolder({ folder })
    await scan()
    renameSync(folder, `${folder}-unplugged`)
    expect(await failureOf(scan())).toEqual({ kind: 'offline' })
    renameSync(`${folder}-unplugged`, folder)
    expect(await namesIn(local)).toEqual(['a.jpg'])
  })
})

describe('watching a folder', () => {
  it('notices pictures that come, once they are written, and those that go', async () => {
    const folder = temporaryFolder()
    put(folder, 'old.jpg', 'old')
    const { local, scan, troubles } = await openFolder({ folder })
    await local.watch()
    await scan()
    writeFileSync(join(folder, 'big.jpg'), 'part one, ')
    mkdirSync(join(folder, 'sub'))
    writeFileSync(join(folder, 'sub', 'new.png'), await jpegOf(9, 9))
    writeFileSync(join(folder, 'ignored.txt'), 'text')
    rmSync(join(folder, 'old.jpg'))
    await delay(700)
    expect(await namesIn(local)).not.toContain('big.jpg')
    await appendFile(join(folder, 'big.jpg'), 'part two')
    await vi.waitFor(async () => expect(new Set(await namesIn(local))).toEqual(new Set(['big.jpg', 'sub/new.png'])), { timeout: 10_000, interval: 100 })
    const big = (await pullAll(local)).changes.filter((change) => change.kind === 'asset' && change.record.name === 'big.jpg')
    expect(big).toMatchObject([{ record: { sha256: shaOf('part one, part two') } }])
    expect(troubles).toEqual([])
  })

  it('takes no copies that an export lays into it, neither at once nor one by one', async () => {
    const folder = temporaryFolder()
    put(folder, 'out/empty/.keep', '')
    const { local, scan, troubles } = await openFolder({ folder })
    await local.watch()
    await scan()
    for (const made of ['out/new', 'out/empty']) {
      put(folder, `${made}/${COPIES_MARKER}`, '{}')
      put(folder, `${made}/deep/copy.jpg`, made)
      put(folder, `${made}/copy.jpg`, made)
    }
    put(folder, 'out/own.jpg', 'own')
    await vi.waitFor(async () => expect(await namesIn(local)).toEqual(['out/own.jpg']), { timeout: 10_000, interval: 100 })
    await delay(3_000)
    expect(await namesIn(local)).toEqual(['out/own.jpg'])
    expect(troubles).toEqual([])
  })

  it('takes a changed label file into use for tasks that nobody has begun, and says when it is wrong', async () => {
    const folder = temporaryFolder()
    for (const name of ['begun.jpg', 'new.jpg']) put(folder, name, name)
    const begun = new Set<string>()
    const { local, scan, troubles } = await openFolder({ folder, hasLocalWork: (taskId) => begun.has(taskId) })
    await scan()
    const [first, second] = replay((await pullAll(local)).changes).tasks
    begun.add(first?.id ?? '')
    await local.watch()
    writeFileSync(join(folder, 'classes.txt'), 'cat\ndog\n')
    await vi.waitFor(async () => {
      const tasks = replay((await pullAll(local)).changes).tasks
      expect(tasks[0]?.schemaHash).toBe(first?.schemaHash)
      expect(tasks[1]?.schemaHash).not.toBe(second?.schemaHash)
    }, { timeout: 10_000, interval: 100 })
    writeFileSync(join(folder, 'labels.json'), '{')
    await vi.waitFor(() => expect(troubles).toEqual([expect.stringContaining('labels.json is not valid JSON')]), { timeout: 10_000, interval: 100 })
  })
})
