import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFolderStore } from '../../../electron/engine/storage/folder.ts'
import type { ObjectKey } from '../../../shared/domain/asset.ts'
import { describeObjectStore, failureOf, putRequest, readObject } from './describeObjectStore.ts'

const running = () => AbortSignal.timeout(5_000)

describeObjectStore('folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fieldmark-folder-'))
  return { store: createFolderStore(folder), close: () => rm(folder, { recursive: true }) }
})

describe('folder store', () => {
  let folder: string
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'fieldmark-folder-'))))
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('leaves no temporary files behind', async () => {
    const store = createFolderStore(folder)
    await store.put(putRequest('one', 'set/one'), running())
    await store.put(putRequest('one', 'set/one'), running())
    await failureOf(store.put(putRequest('two', 'set/one'), running()))
    expect(await readdir(join(folder, 'set'))).toEqual(['one'])
  })

  it('follows no symbolic link, neither to read nor to write', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'fieldmark-outside-'))
    await writeFile(join(outside, 'secret'), 'secret')
    await mkdir(join(folder, 'set'))
    await symlink(outside, join(folder, 'linked'))
    await symlink(join(outside, 'secret'), join(folder, 'set', 'link'))
    const store = createFolderStore(folder)
    expect(await failureOf(readObject(store, 'linked/secret'))).toMatchObject({ kind: 'refused', code: 'symbolicLink' })
    expect(await failureOf(readObject(store, 'set/link'))).toMatchObject({ kind: 'refused', code: 'symbolicLink' })
    expect(await failureOf(store.put(putRequest('x', 'linked/new'), running()))).toMatchObject({ kind: 'refused', code: 'symbolicLink' })
    expect(await readdir(outside)).toEqual(['secret'])
    await rm(outside, { recursive: true })
  })

  it('stays inside the folder even for a key that nobody validated', async () => {
    const request = { ...putRequest('x'), key: '../outside' as ObjectKey }
    expect(await failureOf(createFolderStore(folder).put(request, running()))).toMatchObject({ kind: 'refused', code: 'outsideFolder' })
  })

  it('takes a folder that is gone for offline, not for empty', async () => {
    const store = createFolderStore(join(folder, 'unplugged'))
    expect(await failureOf(store.put(putRequest('x'), running()))).toEqual({ kind: 'offline' })
    expect(await failureOf(readObject(store, 'a'))).toEqual({ kind: 'offline' })
  })
})
