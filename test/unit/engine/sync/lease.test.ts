import { expect, it } from 'vitest'
import { TaskIdSchema } from '../../../../shared/domain/ids.ts'
import { aBench, failing } from './fakes.ts'

const task = TaskIdSchema.parse('task-1')
const HOUR = 3_600_000

it('is held until its end by the clock here, and renewed when half of it is over', async () => {
  const { sync, remote } = aBench({ clock: { now: () => 1_000_000, monotonic: () => 0 } })
  // The server's clock is an hour ahead.
  remote.offsetMs = HOUR
  remote.leaseEnd = 1_000_000 + 3 * HOUR
  await expect(sync.takeLease(task)).resolves.toEqual({ kind: 'held', until: new Date(1_000_000 + 2 * HOUR).toISOString(), renewInMs: HOUR })
})

it('is not held when it is over by the time it comes', async () => {
  const { sync, remote } = aBench()
  remote.leaseEnd = Date.now() - 1
  await expect(sync.takeLease(task)).resolves.toEqual({ kind: 'unreachable' })
})

it('may be refused, which is told with the reason, or not be had, which is not', async () => {
  const { sync, remote } = aBench()
  remote.failNext('lease', failing({ kind: 'conflict', status: 409, code: 'conflict' }))
  await expect(sync.takeLease(task)).resolves.toMatchObject({ kind: 'refused' })
  remote.failNext('lease', failing({ kind: 'conflict', status: 409, code: 'leasedElsewhere' }))
  await expect(sync.takeLease(task)).resolves.toEqual({ kind: 'otherDevice' })
  remote.failNext('lease', failing({ kind: 'offline' }))
  await expect(sync.takeLease(task)).resolves.toEqual({ kind: 'unreachable' })
})

it('is not asked for while working offline, nor in a project that has no orchestrator', async () => {
  await expect(aBench({ workOffline: true }).sync.takeLease(task)).resolves.toEqual({ kind: 'unreachable' })
  await expect(aBench({ settled: 'local' }).sync.takeLease(task)).resolves.toEqual({ kind: 'notNeeded' })
})
