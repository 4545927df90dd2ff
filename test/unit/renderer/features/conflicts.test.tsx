import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { FakeEngine, type Handlers } from '../../../builders/fakeEngine.ts'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { at, openTask, revisionId, shape, syncStatus } from '../../../builders/windowRecords.ts'
import { SyncView } from '../../../../renderer/features/sync/SyncView.tsx'
import { CompareDialog } from '../../../../renderer/features/versions/CompareDialog.tsx'
import { NoticeCodeSchema, type NoticeRow, type VersionPair, type VersionRow } from '../../../../shared/rpc/coordination.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import type { TaskId } from '../../../../shared/domain/ids.ts'

const nameOf = (number: number) => `photo-000${number}.jpg`
const aRow = (number: number, over: Partial<VersionRow> = {}): VersionRow => ({
  taskId: `task-${number}` as TaskId, name: nameOf(number), relation: 'conflict', mine: { shapes: 2, edited: false, at: at('09:00:00') },
  theirs: { revisionId, author: 'ben' as never, shapes: 3, createdAt: at('10:00:00') }, ...over,
})
const aPair = (): VersionPair => ({
  taskId: 'task-1' as TaskId, relation: 'conflict', further: 0,
  differences: { removed: ['mine' as never], added: ['theirs' as never], changed: [], tagsRemoved: [], tagsAdded: [], outcomeDiffers: false },
  mine: { outcome: { kind: 'labelled' }, shapes: [shape('both'), shape('mine')], tags: [], rejections: [], edited: false, at: at('09:00:00') },
  theirs: { outcome: { kind: 'labelled' }, shapes: [shape('both'), shape('theirs', { classId: 'person' as never })], tags: [], rejections: [], revisionId, author: 'ben' as never, device: 'device-2' as never, sameDevice: false, createdAt: at('10:00:00') },
})

function open(over: Handlers) {
  const engine = new FakeEngine({
    'sync.status': () => syncStatus(), 'sync.outbox': () => [], 'sync.transfers': () => [], 'versions.list': () => [], 'notices.list': () => [],
    'tasks.open': () => openTask(1), 'versions.compare': () => ({ pair: aPair() }), ...over,
  })
  onTestFinished(() => { engine.close() })
  return engine
}

function openSync(over: Handlers) {
  const engine = open(over)
  const onAnnotate = vi.fn()
  renderFeature(<SyncView onAnnotate={onAnnotate} chooseDirectory={() => Promise.resolve(undefined)} />, engine)
  return { engine, onAnnotate }
}

describe('the list of conflicts', () => {
  it('says whose versions there are, and leads to both', async () => {
    openSync({ 'versions.list': () => [aRow(1), aRow(2, { theirs: undefined })] })
    await userEvent.click(await screen.findByRole('tab', { name: 'Conflicts (2)' }))
    expect((await screen.findByRole('row', { name: /photo-0001/ })).textContent).toMatch(/ben, .*3 shapes/)
    expect(screen.getByRole('checkbox', { name: `Choose ${nameOf(2)}` })).toHaveProperty('disabled', true)
    await userEvent.click(screen.getByRole('button', { name: new RegExp(`Compare.*${nameOf(1)}`) }))
    expect(await screen.findByRole('dialog')).toBeTruthy()
  })

  it('takes one decision about several tasks, after a question, and keeps what could not be decided', async () => {
    let rows = [aRow(1), aRow(2), aRow(3)]
    const { engine } = openSync({
      'versions.list': () => rows,
      'versions.settle': ({ taskId }) => {
        if (taskId === 'task-2') throw new RpcError('conflict', 'another version by now')
        rows = rows.filter((row) => row.taskId !== taskId)
        return { next: 'submitted' }
      },
    })
    await userEvent.click(await screen.findByRole('tab', { name: 'Conflicts (3)' }))
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Choose all' }))
    await userEvent.click(screen.getByRole('checkbox', { name: `Choose ${nameOf(3)}` }))
    await userEvent.click(screen.getByRole('button', { name: 'Keep mine' }))
    const question = within(await screen.findByRole('dialog', { name: 'Keep mine' }))
    expect(question.getByText(/^Your versions of 2 tasks become the newest/)).toBeTruthy()
    expect(engine.callsOf('versions.settle')).toEqual([])
    await userEvent.click(question.getByRole('button', { name: 'Keep mine' }))
    expect((await screen.findAllByText('Decided on 1 task')).length).toBeGreaterThan(0)
    expect(engine.callsOf('versions.settle')).toEqual(['task-1', 'task-2'].map((taskId) => ({ taskId, revisionId, take: 'mine' })))
    await waitFor(() => expect(screen.queryByRole('row', { name: /photo-0001/ })).toBeNull())
    expect(screen.getByRole('row', { name: /photo-0002/ })).toBeTruthy()
  })
})

describe('two versions beside each other', () => {
  it('lists what differs and does what the person decides', async () => {
    const engine = open({ 'versions.settle': () => ({ next: 'edit' }) })
    const onSettled = vi.fn()
    renderFeature(<CompareDialog taskId={'task-1' as TaskId} onClose={() => {}} onSettled={onSettled} />, engine)
    const list = within(await screen.findByRole('list', { name: 'Differences' }))
    expect(list.getAllByRole('listitem')).toHaveLength(2)
    expect(list.getByRole('button', { name: /Person/ })).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Keep both, go on' }))
    await waitFor(() => expect(onSettled).toHaveBeenCalledWith('task-1', 'edit'))
    expect(engine.callsOf('versions.settle')).toEqual([{ taskId: 'task-1', revisionId, take: 'both' }])
  })

  it('decides nothing while edits are not stored, and says when there is nothing to decide', async () => {
    const engine = open({ 'versions.settle': () => ({ next: 'submitted' }) })
    const { show } = renderFeature(<CompareDialog taskId={'task-1' as TaskId} onClose={() => {}} onSettled={() => {}} before={() => Promise.resolve(false)} />, engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Keep mine' }))
    expect((await screen.findAllByText('Nothing was decided')).length).toBeGreaterThan(0)
    expect(engine.callsOf('versions.settle')).toEqual([])
    engine.handle('versions.compare', () => ({}))
    show(<CompareDialog taskId={'task-2' as TaskId} onClose={() => {}} onSettled={() => {}} />)
    expect(await screen.findByText('There is no other version to compare')).toBeTruthy()
  })
})

describe('what happened', () => {
  const details = { unsent: 1, count: 2, reason: 'backupRestored', project: 'People', before: 'v1', after: 'v2', record: 'task x', removals: 30, active: 40, person: 'Ada', percent: 80, missed: 1, extra: 0, wrongClass: 2, owner: 'Ada', device: 'device-2', entry: '1/3' }
  const notices: NoticeRow[] = NoticeCodeSchema.options.map((code, index) => ({ number: index + 1, code, details, at: at('10:00:00'), ...(index === 0 && { taskId: 'task-1' as TaskId, name: nameOf(1) }) }))

  it('has words for everything that may have happened, and for what to do', async () => {
    openSync({ 'notices.list': () => notices })
    await userEvent.click(await screen.findByRole('tab', { name: `What happened (${notices.length})` }))
    const rows = within(await screen.findByRole('table', { name: 'What happened' })).getAllByRole('row').slice(1)
    expect(rows).toHaveLength(notices.length)
    for (const row of rows) expect(row.textContent).not.toMatch(/sync\.happened|\{\{/)
    expect(screen.getByText('The server would take 30 of 40 tasks away')).toBeTruthy()
  })

  it('leads to the task, and is dismissed one by one or as a whole', async () => {
    const { engine, onAnnotate } = openSync({ 'notices.list': () => notices.slice(0, 2), 'notices.dismiss': () => [] })
    await userEvent.click(await screen.findByRole('tab', { name: 'What happened (2)' }))
    await userEvent.click(await screen.findByRole('button', { name: `Open ${nameOf(1)}` }))
    expect(onAnnotate).toHaveBeenCalledWith('task-1')
    await userEvent.click(screen.getAllByRole('button', { name: /^Dismiss: / })[1] as HTMLElement)
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss all' }))
    await waitFor(() => expect(engine.callsOf('notices.dismiss')).toEqual([{ number: 2 }, {}]))
  })
})
