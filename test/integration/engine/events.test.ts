import { expect, it } from 'vitest'
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
