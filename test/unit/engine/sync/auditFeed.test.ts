import { expect, it } from 'vitest'
import type { AuditFeed } from '../../../../shared/api/messages.ts'
import { aBench, failing } from './fakes.ts'

const feed = (cursor: string, more = false): AuditFeed => ({ cursor, more, devices: [], entries: [], receipts: [] })

function aReviewer(...pages: AuditFeed[]) {
  const bench = aBench()
  bench.store.auditPlace = { cursor: undefined }
  bench.remote.auditFeeds = pages
  return bench
}

it('fetches the audit entries of others page by page, and goes on from there the next time', async () => {
  const { sync, store, remote } = aReviewer(feed('one', true), feed('two', true), feed('three'))
  await sync.syncOnce()
  expect(store.auditPages.map(({ cursor }) => cursor)).toEqual(['one', 'two', 'three'])
  await sync.syncOnce()
  expect(remote.askedForAudit).toEqual([undefined, 'one', 'two', 'three'])
})

it('asks for none where they are not for this person', async () => {
  const { sync, remote } = aBench()
  await sync.syncOnce()
  expect(remote.askedForAudit).toEqual([])
})

it('starts over when the server says so', async () => {
  const { sync, store, remote } = aReviewer(feed('one'))
  store.auditPlace = { cursor: 'old' }
  remote.failNext('auditFeed', failing({ kind: 'cursorExpired' }))
  await sync.syncOnce()
  expect(remote.askedForAudit).toEqual(['old', undefined])
  expect(store.auditPages).toHaveLength(1)
})

it('tells why it could not go on, and does so the next time', async () => {
  const { sync, store, remote } = aReviewer(feed('one', true))
  remote.failNext('auditFeed', failing({ kind: 'transient' }))
  await sync.syncOnce()
  expect(sync.status().lastError).toMatchObject({ kind: 'transient' })
  remote.auditFeeds = [feed('one')]
  await sync.syncOnce()
  expect(sync.status().lastError).toBeUndefined()
  expect(store.auditPages.map(({ cursor }) => cursor)).toEqual(['one'])
})

it('does without an orchestrator that does not know of it', async () => {
  const { sync, remote } = aReviewer()
  remote.failNext('auditFeed', failing({ kind: 'notFound' }))
  await sync.syncOnce()
  expect(sync.status()).toMatchObject({ phase: 'synced', lastError: undefined })
})

it('gives up on a server that comes no further', async () => {
  const { sync, remote } = aReviewer(feed('one', true), feed('one', true), feed('one', true))
  await sync.syncOnce()
  expect(sync.status().lastError).toMatchObject({ kind: 'corrupt' })
  expect(remote.askedForAudit).toHaveLength(2)
})
