import { expect, it } from 'vitest'
import { submissionObjectKey } from '../../../../shared/api/messages.ts'
import { AssetIdSchema, RevisionIdSchema, TaskIdSchema } from '../../../../shared/domain/ids.ts'
import { hashOf } from '../../../builders/workspace.ts'
import { aBench, failing } from './fakes.ts'

const task = TaskIdSchema.parse('task-1')
const version = (text: string) => ({ taskId: task, revisionId: RevisionIdSchema.parse(hashOf(Buffer.from(text))), assetId: AssetIdSchema.parse('asset-1') })

function holding(...texts: string[]) {
  const bench = aBench()
  bench.store.versions = texts.map(version)
  for (const text of texts) bench.remote.objects.set(submissionObjectKey(version(text).revisionId), Buffer.from(text))
  return bench
}

it('are fetched after a pull', async () => {
  const { sync, store } = holding('theirs', 'another')
  await sync.syncOnce()
  expect(store.log.filter((line) => line.startsWith('keepVersion'))).toHaveLength(2)
})

it('hold up nothing when they cannot be had, and are asked for again', async () => {
  const { sync, store, remote } = holding('theirs', 'another')
  remote.objects.delete(submissionObjectKey(version('theirs').revisionId))
  await sync.syncOnce()
  expect(sync.status().phase).toBe('synced')
  expect(store.versions).toEqual([version('theirs')])
  remote.objects.set(submissionObjectKey(version('theirs').revisionId), Buffer.from('theirs'))
  await sync.syncOnce()
  expect(store.versions).toEqual([])
})

it('are not kept when other bytes come', async () => {
  const { sync, store, remote } = holding('theirs')
  remote.objects.set(submissionObjectKey(version('theirs').revisionId), Buffer.from('changed'))
  await sync.syncOnce()
  expect(store.versions).toHaveLength(1)
})

it('are fetched when one task is looked at, and not while working offline', async () => {
  const { sync, store } = holding('theirs')
  sync.setWorkOffline(true)
  await expect(sync.fetchVersions(task)).rejects.toMatchObject({ failure: { kind: 'offline' } })
  sync.setWorkOffline(false)
  await sync.fetchVersions(task)
  expect(store.versions).toEqual([])
})

it('wait for the link', async () => {
  const { sync, store, remote } = holding('theirs')
  remote.failNext('get', failing({ kind: 'offline' }))
  await sync.syncOnce()
  expect(store.versions).toHaveLength(1)
})
