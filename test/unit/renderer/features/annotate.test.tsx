import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { at, openTask, prediction } from '../../../builders/windowRecords.ts'
import { Annotate, canvas, object, twoFaces, workEngine } from '../../../builders/workplace.tsx'
import { RpcError } from '../../../../shared/rpc/errors.ts'

describe('AnnotateView', () => {
  it('opens a task with its image, classes, objects and tools', async () => {
    const engine = workEngine({}, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    expect(screen.getByRole('button', { name: 'Face', pressed: true })).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'Objects (2)' })).toBeTruthy()
    const tools = within(screen.getByRole('toolbar', { name: 'Tools' }))
    expect(tools.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual([
      'Select', 'Rectangle', 'Polygon', 'Cut a hole', 'Knife: split', 'Redraw a part of the outline', 'Snap to borders', 'Point',
      'Magic wand', 'GrabCut', 'Intelligent scissors', 'Segment by model', 'Ruler',
    ])
    expect(tools.getAllByRole('group').map((group) => group.getAttribute('aria-label'))).toEqual(['Select', 'Boxes', 'Outlines', 'Points', 'Assisted', 'Measure'])
    expect(await screen.findByText('1 of 3')).toBeTruthy()
    expect(screen.getByText('No changes')).toBeTruthy()
    engine.close()
  })

  it('is one stop of Tab at its tools, which arrow keys walk through', async () => {
    const engine = workEngine({}, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    const tools = within(screen.getByRole('toolbar', { name: 'Tools' }))
    expect(tools.getAllByRole('button').filter((button) => button.tabIndex === 0)).toHaveLength(1)
    act(() => { tools.getByRole('button', { name: 'Select' }).focus() })
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Polygon')
    await userEvent.keyboard('{Enter}')
    expect(tools.getByRole('button', { name: 'Polygon', pressed: true }).tabIndex).toBe(0)
    await userEvent.keyboard('{End}')
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Ruler')
    engine.close()
  })

  it('puts a large task together from its parts, says how far it is, and gives up when asked to', async () => {
    let send = () => {}
    const sent = new Promise<void>((resolve) => { send = resolve })
    const [first, second] = twoFaces.records
    const more = { predictions: [], undo: [], redo: [] }
    const engine = workEngine({
      'tasks.open': () => ({ ...openTask(1, { records: first ? [first] : [] }), next: { reading: 7, share: 0.5 } }),
      'tasks.more': async () => { await sent; return { ...more, records: second ? [second] : [] } },
    })
    renderFeature(<Annotate />, engine)
    expect((await screen.findByRole('progressbar', { name: 'Opening a large task' }, { timeout: 3000 })).getAttribute('aria-valuenow')).toBe('50')
    expect(screen.getByRole('button', { name: 'Cancel' })).toBeTruthy()
    send()
    await canvas(1)
    expect(screen.getByRole('heading', { name: 'Objects (2)' })).toBeTruthy()
    expect(screen.queryByRole('progressbar', { name: 'Opening a large task' })).toBeNull()
    expect(engine.callsOf('tasks.more')).toEqual([{ reading: 7 }])
    engine.close()
  })

  it('says saved only after the engine has stored the edit', async () => {
    let store = () => {}
    const stored = new Promise<void>((resolve) => { store = resolve })
    const engine = workEngine({ 'tasks.commit': async () => { await stored; return { journalSeq: 1, savedAt: at('10:11:12') } } }, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.click(object('Face 1'))
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
    expect(screen.getByRole('heading', { name: 'Objects (1)' })).toBeTruthy()
    expect(await screen.findByText('Saving…')).toBeTruthy()
    expect(screen.queryByText(/^Saved/)).toBeNull()
    store()
    expect(await screen.findByText(/^Saved \d\d:11:12$/)).toBeTruthy()
    expect(engine.callsOf('tasks.commit')[0]).toMatchObject({ taskId: 'task-1', afterSeq: 0, lines: [{ kind: 'edit', name: 'deleteShape' }] })
    engine.close()
  })

  it('keeps an edit that could not be saved, says why, and retries', async () => {
    const engine = workEngine({ 'tasks.commit': () => { throw new RpcError('diskFull', 'ENOSPC') } }, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.click(object('Face 2'))
    await userEvent.click(screen.getByRole('button', { name: 'Duplicate' }))
    expect(await screen.findByText(/^Not saved: The disk is full/)).toBeTruthy()
    engine.handle('tasks.commit', () => ({ journalSeq: 1, savedAt: at('10:11:12') }))
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }))
    expect(await screen.findByText(/^Saved/)).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'Objects (3)' })).toBeTruthy()
    engine.close()
  })

  it('asks before it gives up edits at a conflict', async () => {
    const engine = workEngine({ 'tasks.commit': () => { throw new RpcError('conflict', 'line 7') } }, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.click(object('Face 1'))
    await userEvent.keyboard('{Delete}')
    await userEvent.click(await screen.findByRole('button', { name: 'Reload' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Give up and reload' }))
    expect(await screen.findByRole('heading', { name: 'Objects (2)' })).toBeTruthy()
    expect(await screen.findByText('No changes')).toBeTruthy()
    engine.close()
  })

  it('undoes and redoes by key', async () => {
    const engine = workEngine({}, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.click(object('Face 1'))
    await userEvent.keyboard('{Delete}')
    expect(screen.getByRole('heading', { name: 'Objects (1)' })).toBeTruthy()
    await userEvent.keyboard('{Control>}z{/Control}')
    expect(screen.getByRole('heading', { name: 'Objects (2)' })).toBeTruthy()
    await userEvent.keyboard('{Control>}{Shift>}Z{/Shift}{/Control}')
    expect(screen.getByRole('heading', { name: 'Objects (1)' })).toBeTruthy()
    await waitFor(() => expect(engine.callsOf('tasks.commit').flatMap(({ lines }) => lines.map(({ kind }) => kind))).toEqual(['edit', 'undo', 'redo']))
    engine.close()
  })

  it('sets attributes of the selection by their type', async () => {
    const engine = workEngine({}, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.click(object('Face 1'))
    await userEvent.click(screen.getByRole('checkbox', { name: 'Occluded' }))
    await userEvent.type(screen.getByRole('textbox', { name: 'Age' }), '200{Enter}')
    await userEvent.type(screen.getByRole('textbox', { name: 'Remark' }), 'dark{Enter}')
    await userEvent.click(screen.getByRole('combobox', { name: /Expression/ }))
    await userEvent.click(await screen.findByRole('option', { name: 'neutral', hidden: true }))
    await waitFor(() => {
      const last = engine.callsOf('tasks.commit').flatMap(({ lines }) => lines).at(-1)
      expect(last?.diff.updated['s1']?.[1]).toMatchObject({ attributes: { occluded: true, age: 120, remark: 'dark', expression: 'neutral' } })
    })
    engine.close()
  })

  it('shows where the selected shapes differ', async () => {
    const engine = workEngine({}, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    const user = userEvent.setup()
    await user.click(object('Face 1'))
    await user.keyboard('{Shift>}')
    await user.click(object('Face 2'))
    await user.keyboard('{/Shift}')
    expect(screen.getByRole('combobox', { name: /Expression/ }).getAttribute('placeholder')).toBe('Mixed')
    expect(screen.getByText('2 objects selected')).toBeTruthy()
    engine.close()
  })

  it('hides and locks objects', async () => {
    const engine = workEngine({}, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.click(screen.getByRole('button', { name: 'Hide Face 1' }))
    expect(screen.getByRole('button', { name: 'Show Face 1' })).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Lock Face 2' }))
    await userEvent.click(object('Face 2'))
    await userEvent.keyboard('{Delete}')
    expect(await screen.findByText('This object is locked')).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'Objects (2)' })).toBeTruthy()
    expect(engine.callsOf('tasks.commit')).toEqual([])
    engine.close()
  })

  it('accepts and rejects predictions above the threshold', async () => {
    const engine = workEngine({}, { predictions: [prediction()] })
    renderFeature(<Annotate />, engine)
    await canvas(1)
    expect(screen.getByRole('heading', { name: 'Predictions (2)' })).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Accept Face 92%' }))
    await userEvent.click(screen.getByRole('button', { name: 'Reject Face 61%' }))
    expect(screen.getByText('Every prediction at this confidence is decided.')).toBeTruthy()
    expect(screen.getByRole('heading', { name: 'Objects (1)' })).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Restore' }))
    expect(screen.getByRole('heading', { name: 'Predictions (1)' })).toBeTruthy()
    await userEvent.keyboard('[[[[[[')
    expect(screen.getByRole('slider', { name: 'Least confidence' }).getAttribute('aria-valuenow')).toBe('35')
    await userEvent.click(screen.getByRole('button', { name: 'Accept all' }))
    expect(screen.getByRole('heading', { name: 'Objects (2)' })).toBeTruthy()
    engine.close()
  })

  it('tags the image', async () => {
    const engine = workEngine()
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.click(screen.getByRole('checkbox', { name: 'Crowd' }))
    await waitFor(() => expect(engine.callsOf('tasks.commit')[0]?.lines[0]?.diff.added['image-tags']).toMatchObject({ tags: ['crowd'] }))
    engine.close()
  })

  it('shows what breaks the label schema and leads to the shape', async () => {
    const violations = [{ rule: 'attributeRequired' as const, shapeId: 's1', subject: 'Expression' }]
    const engine = workEngine({ 'tasks.submit': () => ({ kind: 'invalid', violations }) }, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.click(screen.getByRole('button', { name: 'Submit' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Face 1: Expression is required' }))
    expect(screen.getByRole('option', { selected: true }).textContent).toContain('Face 1')
    engine.close()
  })

  it('changes nothing in a cancelled task', async () => {
    const engine = workEngine({}, { ...twoFaces, standing: 'cancelled' })
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.click(object('Face 1'))
    expect(screen.getByRole('button', { name: 'Delete' })).toHaveProperty('disabled', true)
    expect(screen.getByText('This task is cancelled and cannot be changed.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Submit' })).toHaveProperty('disabled', true)
    engine.close()
  })
})
