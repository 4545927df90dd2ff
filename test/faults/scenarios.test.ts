import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { TaskIdSchema } from '../../shared/domain/ids.ts'
import type { Fault } from './faultProxy.ts'
import { settle } from './history/playHistory.ts'
import { untilDrained } from './history/settle.ts'
import { openWorld, type Desk, type World } from './history/world.ts'

/** What once went wrong in a history, or is too rare to wait for, played on purpose. */
async function aWorld(desks: number): Promise<World> {
  const world = await openWorld({ desks, killable: false })
  onTestFinished(() => world.close())
  for (const { station } of world.desks) await station.start()
  await untilDrained(world.desks)
  return world
}

const isCommit = (method: string, path: string) => method === 'POST' && path.startsWith('/v1/submissions')

function onCommits({ proxy }: Desk, fate: (count: number) => Fault): void {
  let count = 0
  proxy.decide = ({ method, path }) => (isCommit(method, path) ? fate(count++) : { kind: 'pass' })
}

async function untilHeld({ server }: World, count: number): Promise<void> {
  while ((await server.listSubmissions()).length !== count) await sleep(20)
}

/** Asks for news until a station knows the newest version of the first task as the server does. */
async function untilKnown({ server }: World, { station }: Desk): Promise<void> {
  const taskId = TaskIdSchema.parse('task-1')
  for (;;) {
    await station.call('sync.now', {})
    await sleep(100)
    const [here, there] = [await station.call('tasks.open', { taskId }), await server.getTask(taskId)]
    if (there?.headRevision !== undefined && here.task.headRevision === there.headRevision) return
  }
}

it('a device knows the newest version as the server does, which took its versions the other way round and lost an answer', async () => {
  const world = await aWorld(1)
  const [desk] = world.desks as [Desk]
  await desk.person.work('task-1')
  await untilDrained([desk])
  const [first] = desk.person.saved

  // The server forgets the first version, gets the second, and only then the first again. The answer for the second is lost.
  await world.server.rollBack(0)
  let lost = 0
  desk.proxy.decide = ({ method, path, headers }) => {
    if (!isCommit(method, path) || headers['idempotency-key'] === first?.submissionId) return { kind: 'pass' }
    return { kind: lost++ === 0 ? 'dropAfter' : 'dropBefore' }
  }
  await desk.person.work('task-1')
  await untilHeld(world, 2)
  expect((await world.server.getTask('task-1'))?.headRevision).toBe(first?.revisionId)
  await untilKnown(world, desk)
  expect(await settle(world)).toEqual([])
}, 60_000)

it('a submission that the server always fails on keeps nothing else back, and is sent once it can be', async () => {
  const world = await aWorld(1)
  const [desk] = world.desks as [Desk]
  onCommits(desk, () => ({ kind: 'answer', status: 500 }))
  await desk.person.work('task-1')
  const [poison] = desk.person.saved
  while ((await desk.station.call('sync.outbox', {}))[0]?.attempts === 0) await sleep(20)
  const from = new Set<string>()
  desk.proxy.decide = ({ method, path, headers }) => (isCommit(method, path) && headers['idempotency-key'] === poison?.submissionId ? { kind: 'answer', status: 500 } : { kind: 'pass' })
  for (const task of ['task-2', 'task-3', 'task-4']) await desk.person.work(task)
  await untilHeld(world, 3)
  for (const { submissionId } of await world.server.listSubmissions()) from.add(submissionId)
  expect(from).toEqual(new Set(desk.person.saved.slice(1).map(({ submissionId }) => submissionId)))
  expect(await settle(world)).toEqual([])
  expect(desk.person.saved).toHaveLength(4)
}, 60_000)
