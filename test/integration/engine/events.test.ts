import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { TaskIdSchema } from '../../../shared/domain/ids.ts'
import { draw, listen, openEngineLab } from './engineLab.ts'

it('tells a window once of each thing that changed a task', async () => {
  const lab = await openEngineLab()
  await lab.addTask('a')
  const engine = await lab.open()
  const told = listen(engine)
  await engine.syncOnce()
  expect(told('tasks.changed')).toEqual([{ taskIds: ['task-a'] }])

  await draw(engine, 'a', 'shape-1')
  await engine.call('tasks.submit', { taskId: TaskIdSchema.parse('task-a'), timeOnTaskMs: 1 })
  const before = told('tasks.changed').length
  await engine.syncOnce()
  // The receipt, and then the task as the orchestrator has it now.
  expect(told('tasks.changed').slice(before)).toEqual([{ taskIds: ['task-a'] }, { taskIds: ['task-a'] }])
})

it('sends at once what only the audit log tells of, without waiting for the next look for news', async () => {
  const lab = await openEngineLab()
  await lab.addTask('a')
  const engine = await lab.open({ background: true })
  const synced = () => vi.waitFor(async () => { expect(await engine.call('sync.status', {})).toMatchObject({ phase: 'synced', prefetch: { running: false, done: 1 } }) }, { timeout: 10_000 })
  const sent = () => lab.proxy.seen.filter((request) => /^POST .*audit/.test(request)).length
  await synced()
  const before = sent()
  const directory = join(lab.folder, '..', 'export')
  mkdirSync(directory)
  await engine.call('export.run', { jobId: 'export', format: 'coco', directory })
  await synced()
  expect(sent()).toBeGreaterThan(before)
})
