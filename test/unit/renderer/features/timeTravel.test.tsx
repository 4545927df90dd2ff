import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { TimeTravelDialog } from '../../../../renderer/features/timeTravel/TimeTravelDialog.tsx'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import type { TaskId } from '../../../../shared/domain/ids.ts'
import type { TimelineStep } from '../../../../shared/rpc/timeline.ts'
import { FakeEngine, type Handlers } from '../../../builders/fakeEngine.ts'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { at, openTask, revisionId, shape } from '../../../builders/windowRecords.ts'

const taskId = 'task-1' as TaskId
const TOTAL = 40

const step = (seq: number): TimelineStep => ({
  seq, kind: seq === 3 ? 'undo' : 'edit', name: 'addShape', at: at('10:00:00'), added: seq === 3 ? 0 : 1, changed: 0, removed: seq === 3 ? 1 : 0,
  pauseMs: seq === 5 ? 120_000 : 1000, elapsedMs: seq * 1000, activeMs: seq * 500,
})

const engineWith = (over: Handlers = {}) => new FakeEngine({
  'tasks.open': () => openTask(1),
  'timeline.choices': () => [{ source: { kind: 'own' }, author: 'ada', device: 'device-1', total: TOTAL }],
  'timeline.open': () => ({ total: TOTAL, author: 'ada', device: 'device-1', restorable: true, marks: [{ kind: 'submitted', position: 4, at: at('10:00:00'), by: 'ada', revisionId }] }),
  'timeline.steps': ({ offset, limit }) => Array.from({ length: Math.min(limit, TOTAL - offset) }, (_, place) => step(offset + place + 1)),
  'timeline.state': ({ position }) => ({ position, set: [shape('s1')], gone: [], touched: ['s1'], removed: position === 3 ? [shape('s2')] : [], ...(position > 0 && { step: step(position) }) }),
  'timeline.restore': () => ({ journalSeq: TOTAL + 1 }),
  ...over,
})

const show = (engine: FakeEngine, onRestored = vi.fn()) => renderFeature(<TimeTravelDialog taskId={taskId} onClose={() => {}} onRestored={onRestored} />, engine)
const slider = () => screen.findByRole('slider', { name: 'Position in the edits' })

describe('TimeTravelDialog', () => {
  it('begins with the draft as it is, and shows who did what, when and how long it took', async () => {
    const engine = engineWith()
    show(engine)
    expect((await slider()).getAttribute('aria-valuenow')).toBe('40')
    expect(await screen.findByText('By ada on device vice-1')).toBeTruthy()
    const steps = within(screen.getByRole('listbox', { name: 'Edits' }))
    expect((await steps.findByRole('option', { name: /Undo: draw/ })).textContent).toContain('−1')
    expect(steps.getByText('Submitted by ada')).toBeTruthy()
    expect(steps.getByText(/after 2:00/)).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Restore this state' })).toHaveProperty('disabled', true)
    engine.close()
  })

  it('says that what an edit took away is outlined', async () => {
    const engine = engineWith()
    show(engine)
    const thumb = await slider()
    thumb.focus()
    await userEvent.keyboard('{Home}{ArrowRight}{ArrowRight}{ArrowRight}')
    expect(await screen.findByText('The shape that this edit took away is outlined with dashes.')).toBeTruthy()
    await userEvent.keyboard('{ArrowRight}')
    await waitFor(() => expect(screen.queryByText(/took away/)).toBeNull())
    engine.close()
  })

  it('is gone through by keys, by the list and from submission to submission', async () => {
    const engine = engineWith()
    show(engine)
    const thumb = await slider()
    thumb.focus()
    await userEvent.keyboard('{Home}')
    await waitFor(() => expect(screen.getByText('Before the first edit')).toBeTruthy())
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{PageUp}')
    await waitFor(() => expect(screen.getByText('12 of 40')).toBeTruthy())
    await userEvent.keyboard('{PageDown}')
    await waitFor(() => expect(screen.getByText('2 of 40')).toBeTruthy())
    await userEvent.click(screen.getByRole('button', { name: 'To the next submission' }))
    expect(screen.getByText('4 of 40')).toBeTruthy()
    await userEvent.click((await screen.findAllByRole('option'))[6] as HTMLElement)
    expect(screen.getByText('7 of 40')).toBeTruthy()
    await waitFor(() => expect(engine.callsOf('timeline.state').at(-1)).toMatchObject({ position: 7 }))
    engine.close()
  })

  it('restores the state that is shown as one edit', async () => {
    const engine = engineWith()
    const onRestored = vi.fn()
    show(engine, onRestored)
    await userEvent.click(await screen.findByRole('button', { name: 'One edit back' }))
    const restore = screen.getByRole('button', { name: 'Restore this state' })
    await waitFor(() => expect(restore).toHaveProperty('disabled', false))
    await userEvent.click(restore)
    await waitFor(() => expect(onRestored).toHaveBeenCalledOnce())
    expect(engine.callsOf('timeline.restore')).toEqual([{ taskId, source: { kind: 'own' }, position: 39 }])
    engine.close()
  })

  it('is for looking only where the task is not the person\'s', async () => {
    const engine = engineWith({ 'timeline.open': () => ({ total: TOTAL, author: 'grace', device: 'device-2', restorable: false, marks: [] }) })
    show(engine)
    expect(await screen.findByText(/not yours to change/)).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Restore this state' })).toBeNull()
    engine.close()
  })

  it('replays the edits behind a result from elsewhere when the person chooses them', async () => {
    const engine = engineWith({ 'timeline.choices': () => [
      { source: { kind: 'own' }, author: 'ada', device: 'device-1', total: TOTAL }, { source: { kind: 'revision', revisionId }, author: 'grace', device: 'device-2', total: 12, createdAt: at('11:00:00') },
    ] })
    show(engine)
    await userEvent.click(await screen.findByRole('combobox', { name: 'Whose edits' }))
    await userEvent.click(await screen.findByRole('option', { name: /^grace, submitted/ }))
    await waitFor(() => expect(engine.callsOf('timeline.open').at(-1)).toMatchObject({ source: { kind: 'revision', revisionId } }))
    expect(await screen.findByRole('button', { name: 'Restore this state' })).toHaveProperty('disabled', false)
    engine.close()
  })

  it('says when there is nothing to replay, and when the journal does not add up', async () => {
    const empty = engineWith({ 'timeline.open': () => ({ total: 0, author: 'ada', device: 'device-1', restorable: true, marks: [] }) })
    const { unmount } = show(empty)
    expect(await screen.findByText('Nothing to replay')).toBeTruthy()
    unmount()
    empty.close()
    const broken = engineWith({ 'timeline.open': () => { throw new RpcError('validationFailed', 'Record s1 does not exist') } })
    show(broken)
    expect((await screen.findByRole('alert')).textContent).toContain('Record s1 does not exist')
    broken.close()
  })

  it('shows how far reading is, and can be given up', async () => {
    const engine = engineWith({ 'timeline.open': ({ jobId }) => new Promise((_, reject) => { engine.emit('job.progress', { jobId, done: 500, total: 10_000 }); engine.handle('jobs.cancel', () => { reject(new RpcError('cancelled', 'given up')); return {} }) }) })
    const onClose = vi.fn()
    renderFeature(<TimeTravelDialog taskId={taskId} onClose={onClose} onRestored={() => {}} />, engine)
    expect(await screen.findByText('500 of 10,000')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(onClose).toHaveBeenCalled()
    engine.close()
  })
})
