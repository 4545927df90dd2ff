import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { objectSender } from '../../../../electron/engine/sync/objectSender.ts'
import { createTransferBoard } from '../../../../electron/engine/sync/transfers.ts'
import { submissionObjectKey } from '../../../../shared/api/messages.ts'
import { Sha256Schema, TaskIdSchema } from '../../../../shared/domain/ids.ts'
import { hashOf } from '../../../builders/workspace.ts'

/** Sends as many objects of so many bytes at once as is asked for; answers how many were held in memory at the same time. */
async function mostHeld(count: number, size: number): Promise<number> {
  let [held, most] = [0, 0]
  const board = createTransferBoard(() => undefined)
  const send = objectSender({
    board,
    objectStore: {
      async put() {
        await sleep(1)
        held -= 1
        return 'stored'
      },
      get: () => { throw new Error('Nothing is fetched') },
    },
  })
  const sha256 = Sha256Schema.parse(hashOf(Buffer.from('object')))
  const read = () => {
    most = Math.max(most, ++held)
    return new Uint8Array(1)
  }
  const object = { taskId: TaskIdSchema.parse('task-1'), key: submissionObjectKey(sha256), sha256, mediaType: 'application/json', size, read }
  await Promise.all(Array.from({ length: count }, () => send(object, new AbortController().signal)))
  expect(board.list()).toEqual([])
  board.stop()
  return most
}

it('sends small objects all at once, and large ones two at a time, read when their turn has come', async () => {
  expect(await mostHeld(20, 2_000)).toBe(20)
  expect(await mostHeld(20, 1024 * 1024)).toBe(2)
})

it('reads nothing more once it is aborted', async () => {
  const send = objectSender({ board: createTransferBoard(() => undefined), objectStore: { put: () => Promise.reject(new Error('sent')), get: () => { throw new Error('fetched') } } })
  const sha256 = Sha256Schema.parse(hashOf(Buffer.from('object')))
  const read = () => { throw new Error('read') }
  const sent = send({ taskId: TaskIdSchema.parse('task-1'), key: submissionObjectKey(sha256), sha256, mediaType: 'application/json', size: 1, read }, AbortSignal.abort(new Error('stopped')))
  await expect(sent).rejects.toThrow('stopped')
})
