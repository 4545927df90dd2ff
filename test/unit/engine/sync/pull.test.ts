import { describe, expect, it } from 'vitest'
import { takenAway } from '../../../../electron/engine/sync/massDelete.ts'
import { TaskIdSchema } from '../../../../shared/domain/ids.ts'
import { aBench, failing, page, taskChange, taskGone } from './fakes.ts'

const manyTasks = (count: number) => Array.from({ length: count }, (_, index) => TaskIdSchema.parse(`task-${index}`))

describe('pull', () => {
  it('applies page after page until there are no more, each from the cursor before', async () => {
    const { sync, store, remote } = aBench()
    remote.pulls = [page({ cursor: 'a', more: true, changes: [taskChange('task-1')] }), page({ cursor: 'b', more: true }), page({ cursor: 'c' })]
    await sync.syncOnce()
    expect(remote.asked).toEqual([undefined, 'a', 'b'])
    expect(store.pages.map(({ cursor }) => cursor)).toEqual(['a', 'b', 'c'])
    await sync.syncOnce()
    expect(remote.asked.at(-1)).toBe('c')
  })

  it('goes on from the last applied page after a failure', async () => {
    const { sync, store, remote } = aBench()
    remote.pulls = [page({ cursor: 'a', more: true })]
    remote.script['pull'] = [() => undefined, () => { throw failing({ kind: 'transient' }) }]
    await sync.syncOnce()
    expect(sync.status().phase).not.toBe('synced')
    remote.pulls = [page({ cursor: 'b' })]
    await sync.syncOnce()
    expect(remote.asked).toEqual([undefined, 'a', 'a'])
    expect(store.position?.cursor).toBe('b')
    expect(sync.status().phase).toBe('synced')
  })

  it('starts over in another server epoch, before anything of it is applied', async () => {
    const { sync, store, remote } = aBench()
    store.position = { epoch: 'epoch-1', cursor: 'z' }
    remote.pulls = [page({ epoch: 'epoch-2', cursor: 'not this', changes: [taskGone('task-1')] }), page({ epoch: 'epoch-2', cursor: 'a' })]
    await sync.syncOnce()
    expect(store.epochs).toEqual(['epoch-2'])
    expect(remote.asked).toEqual(['z', undefined])
    expect(store.pages.map(({ cursor }) => cursor)).toEqual(['a'])
  })

  it('starts over when the cursor has expired, in the same epoch or another', async () => {
    const { sync, store, remote } = aBench()
    store.position = { epoch: 'epoch-1', cursor: 'old' }
    remote.failNext('pull', failing({ kind: 'cursorExpired' }))
    remote.pulls = [page({ epoch: 'epoch-2', cursor: 'a' })]
    await sync.syncOnce()
    expect(remote.asked).toEqual(['old', undefined])
    expect(store.epochs).toEqual(['epoch-2'])
    expect(store.position).toEqual({ epoch: 'epoch-2', cursor: 'a' })
  })

  it('gives up for now when the server changes its epoch at each answer, or repeats a page', async () => {
    const restless = aBench()
    let count = 0
    restless.remote.pull = async () => page({ epoch: `epoch-${++count}`, cursor: `c${count}`, more: true })
    await restless.sync.syncOnce()
    expect(count).toBeLessThan(20)
    expect(restless.sync.status().lastError?.kind).toBe('transient')

    const stuck = aBench()
    stuck.remote.pull = async () => page({ cursor: 'same', more: true })
    await stuck.sync.syncOnce()
    expect(stuck.sync.status().lastError?.kind).toBe('corrupt')
  })

  it('asks before it takes many tasks away, and takes them after the word was given, once', async () => {
    const { sync, store, remote } = aBench()
    store.active = new Set(manyTasks(40))
    const gone = (from: number, to: number) => manyTasks(to).slice(from).map((id) => taskGone(id))
    const pages = () => [page({ cursor: 'a', more: true, changes: gone(0, 8) }), page({ cursor: 'b', changes: gone(8, 16) })]
    remote.pulls = pages()
    await sync.syncOnce()
    expect(store.active.size).toBe(32)
    expect(sync.status()).toMatchObject({ phase: 'attention', lastError: { kind: 'massDelete', message: expect.stringContaining('16 of 40') as string } })
    expect(store.held).toEqual([[16, 40]])
    await sync.syncOnce()
    sync.confirmRemovals()
    remote.pulls = [page({ cursor: 'b', changes: gone(8, 40) })]
    await sync.syncOnce()
    expect(store.active.size).toBe(0)
    expect(sync.status().phase).toBe('synced')

    store.active = new Set(manyTasks(40))
    remote.pulls = [page({ cursor: 'c', changes: gone(0, 40) })]
    await sync.syncOnce()
    expect(store.active.size).toBe(40)
  })

  it('pushes although a pull waits for the word', async () => {
    const { sync, store, remote } = aBench()
    store.active = new Set(manyTasks(40))
    store.submit('one')
    remote.pulls = [page({ changes: manyTasks(40).map((id) => taskGone(id)) })]
    await sync.syncOnce()
    expect(store.receipts).toHaveLength(1)
  })

  it('lets a few tasks go, and those that it never had', async () => {
    const { sync, store, remote } = aBench()
    store.active = new Set(manyTasks(12))
    remote.pulls = [page({ changes: [...manyTasks(10).map((id) => taskGone(id)), ...Array.from({ length: 900 }, (_, index) => taskGone(`unknown-${index}`))] })]
    await sync.syncOnce()
    expect(store.active.size).toBe(2)
  })

  it('counts what ends a task as taking it away, and the last state in a page as the one that holds', () => {
    expect(takenAway([taskGone('a'), taskChange('a'), taskChange('b'), taskGone('b'), taskChange('c', { state: 'cancelled' }), taskChange('d', { state: 'released' }), taskChange('e', { state: 'accepted' })]))
      .toEqual(['b', 'c', 'd'])
  })
})
