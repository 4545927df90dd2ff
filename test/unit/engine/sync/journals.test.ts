import { expect, it } from 'vitest'
import { journalObjectKey } from '../../../../shared/api/messages.ts'
import { Sha256Schema, SubmissionIdSchema, TaskIdSchema } from '../../../../shared/domain/ids.ts'
import { hashOf } from '../../../builders/workspace.ts'
import { aBench, failing } from './fakes.ts'

/** A bench whose store has edit histories to send; `spoilt` ones are no longer what their revision names. */
function holding(names: readonly string[], spoilt: readonly string[] = []) {
  const bench = aBench()
  for (const name of names) {
    const bytes = Buffer.from(`edits of ${name}`)
    const item = { submissionId: SubmissionIdSchema.parse(name), taskId: TaskIdSchema.parse(`task-${name}`), sha256: Sha256Schema.parse(hashOf(bytes)), lines: 1, size: bytes.length }
    bench.store.journals.set(item.submissionId, { item, bytes: spoilt.includes(name) ? Buffer.from('others') : bytes })
  }
  return { ...bench, ends: () => [...bench.store.journals.values()].map(({ end }) => end) }
}

it('are stored under their hash after the submissions', async () => {
  const { sync, store, remote, ends } = holding(['one', 'two'])
  store.submit('three')
  await sync.syncOnce()
  expect(ends()).toEqual(['sent', 'sent'])
  const keys = remote.sentBytes.map(({ key }) => key)
  expect(keys[0]).toMatch(/^submissions\//)
  expect(keys.slice(1).sort()).toEqual([...store.journals.values()].map(({ item }) => journalObjectKey(item.sha256)).sort())
})

it('go with their submission, and are noted together', async () => {
  const { sync, store, remote, ends } = holding(['one', 'two'])
  store.journalsToSend = () => []
  for (const name of ['one', 'two']) store.submit(name)
  await sync.syncOnce()
  expect(ends()).toEqual(['sent', 'sent'])
  expect(remote.calls.filter((call) => call.endsWith(' one') || call.endsWith('of one'))).toEqual(['put one', 'submit one', 'put edits of one'])
  expect(store.log.filter((line) => line.startsWith('noteJournals'))).toEqual(['noteJournals 2'])
})

it('that fail do not make their submission fail, and are tried again at the end of the round', async () => {
  const { sync, store, remote, ends } = holding(['one'])
  const wanted = store.journalsToSend.bind(store)
  store.submit('one')
  const put = remote.put.bind(remote)
  let refusals = 1
  remote.put = (request, signal) => (request.key.startsWith('journals/') && refusals-- > 0 ? Promise.reject(failing({ kind: 'transient', status: 500 })) : put(request, signal))
  await sync.syncOnce()
  expect(store.retries).toEqual([])
  expect(store.receipts).toHaveLength(1)
  expect(ends()).toEqual(['sent'])
  expect(wanted(9)).toEqual([])
})

it('are laid aside when they are no longer what the revision names, and hold up nothing', async () => {
  const { sync, ends } = holding(['one', 'spoilt', 'two'], ['spoilt'])
  await sync.syncOnce()
  expect(ends()).toEqual(['sent', 'refused', 'sent'])
  await sync.syncOnce()
  expect(sync.status().phase).toBe('synced')
})

it('are laid aside when storage refuses them for good, and sent later when it fails for now', async () => {
  const { sync, remote, ends } = holding(['one'])
  remote.failNext('put', failing({ kind: 'transient', status: 500 }))
  await sync.syncOnce()
  expect(ends()).toEqual([undefined])
  remote.failNext('put', failing({ kind: 'refused', status: 422, code: 'invalid' }))
  await sync.syncOnce()
  expect(ends()).toEqual(['refused'])
})
