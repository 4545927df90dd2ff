import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { at } from '../../../builders/windowRecords.ts'
import { Annotate, canvas, object, twoFaces, workEngine } from '../../../builders/workplace.tsx'
import { TaskIdSchema } from '../../../../shared/domain/ids.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'

const taskIdOf = (number: number) => TaskIdSchema.parse(`task-${number}`)

describe('the way from task to task', () => {
  it('submits after everything is stored and goes on to the next task at once', async () => {
    const engine = workEngine({}, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.click(object('Face 1'))
    await userEvent.keyboard('{Delete}{Control>}{Enter}{/Control}')
    await canvas(2)
    const order = engine.calls.map(({ channel }) => channel).filter((channel) => channel === 'tasks.commit' || channel === 'tasks.submit')
    expect(order).toEqual(['tasks.commit', 'tasks.submit'])
    expect(engine.callsOf('tasks.submit')[0]?.taskId).toBe('task-1')
    expect(await screen.findByText('photo-0001.jpg was submitted')).toBeTruthy()
    engine.close()
  })

  it('stays where somebody went while the next task was still being looked for', async () => {
    let find = () => {}
    const found = new Promise<void>((resolve) => { find = resolve })
    const engine = workEngine({
      'tasks.neighbours': async ({ taskId, query: { filter: { standings } } }) => {
        // What wants work is looked for with a filter of its own.
        if (standings.length > 0) await found
        const number = Number(taskId.split('-')[1])
        return { ...(number < 3 && { next: taskIdOf(number + 1) }), position: number - 1, total: 3 }
      },
    }, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByText('photo-0001.jpg was submitted')
    await userEvent.click(screen.getByRole('button', { name: 'Next task' }))
    await canvas(2)
    await userEvent.click(screen.getByRole('button', { name: 'Next task' }))
    await canvas(3)
    await act(async () => { find(); await found })
    await canvas(3)
    expect(screen.queryByRole('application', { name: 'Image photo-0002.jpg' })).toBeNull()
    engine.close()
  })

  it('does not submit what could not be stored', async () => {
    const engine = workEngine({ 'tasks.commit': () => { throw new RpcError('diskFull', 'ENOSPC') } }, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.click(object('Face 1'))
    await userEvent.keyboard('{Delete}')
    await screen.findByText(/^Not saved/)
    await userEvent.click(screen.getByRole('button', { name: 'Submit' }))
    expect(await screen.findByText('photo-0001.jpg was not submitted')).toBeTruthy()
    expect(engine.callsOf('tasks.submit')).toEqual([])
    engine.close()
  })

  it('skips with a reason', async () => {
    const engine = workEngine()
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.keyboard('{Control>} {/Control}')
    const dialog = within(await screen.findByRole('dialog', { name: 'Skip this task' }))
    expect(dialog.getByRole('button', { name: 'Skip task' })).toHaveProperty('disabled', true)
    await userEvent.type(dialog.getByRole('textbox', { name: 'Reason' }), 'too dark')
    await userEvent.click(dialog.getByRole('button', { name: 'Skip task' }))
    await canvas(2)
    expect(engine.callsOf('tasks.skip')[0]).toMatchObject({ taskId: 'task-1', reason: 'too dark' })
    engine.close()
  })

  it('walks to the next and previous task by key, and stays while edits are not stored', async () => {
    const engine = workEngine({}, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await screen.findByText('1 of 3')
    await userEvent.keyboard('d')
    await canvas(2)
    await screen.findByText('2 of 3')
    await userEvent.keyboard('a')
    await canvas(1)
    await screen.findByText('1 of 3')
    let store = () => {}
    const stored = new Promise<void>((resolve) => { store = resolve })
    engine.handle('tasks.commit', async () => { await stored; return { journalSeq: 1, savedAt: at('10:11:12') } })
    await userEvent.click(object('Face 1'))
    await userEvent.keyboard('{Delete}d')
    await screen.findByText('Saving…')
    expect(screen.queryByRole('application', { name: 'Image photo-0002.jpg' })).toBeNull()
    store()
    await canvas(2)
    engine.close()
  })

  it('says when nothing is left', async () => {
    const engine = workEngine()
    renderFeature(<Annotate start="task-3" />, engine)
    await canvas(3)
    await userEvent.click(screen.getByRole('button', { name: 'Submit' }))
    expect(await screen.findByText('Nothing is left here')).toBeTruthy()
    engine.close()
  })
})
