import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { FakeEngine, type Handlers } from '../../../builders/fakeEngine.ts'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { syncStatus, taskRow } from '../../../builders/windowRecords.ts'
import { QueueView } from '../../../../renderer/features/queue/QueueView.tsx'
import type { TaskId } from '../../../../shared/domain/ids.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import { TaskQuerySchema } from '../../../../shared/rpc/taskRows.ts'

const TOTAL = 100_000

function queueEngine(over: Handlers = {}): FakeEngine {
  return new FakeEngine({
    'tasks.query': ({ offset, limit }) => ({
      total: TOTAL,
      rows: Array.from({ length: Math.min(limit, TOTAL - offset) }, (_, index) => taskRow(offset + index + 1)),
    }),
    'tasks.facets': () => ({ total: TOTAL, standings: { new: 60_000, inProgress: 12 }, tags: [{ key: 'source', value: 'drone', count: 7 }], prefetched: 480 }),
    'projects.list': () => [],
    'sync.status': () => syncStatus(),
    'workspace.info': () => ({
      kind: 'orchestrator', source: 'http://localhost', location: '/tmp/w', user: { id: 'ada', name: 'Ada', roles: ['annotator'] }, deviceId: 'device-1', readOnly: false,
      versions: { app: '0', sqlite: '3', betterSqlite3: '13' },
    }) as never,
    ...over,
  })
}

function Queue({ onAnnotate = () => {} }: { onAnnotate?: (taskId: TaskId) => void }) {
  const [query, setQuery] = useState(() => TaskQuerySchema.parse({}))
  const [chosen, setChosen] = useState<TaskId>()
  return <QueueView query={query} onQueryChange={setQuery} chosen={chosen} onChoose={setChosen} onAnnotate={onAnnotate} chooseDirectory={() => Promise.resolve(undefined)} />
}

const lastQuery = (engine: FakeEngine) => engine.callsOf('tasks.query').at(-1)?.query

describe('QueueView', () => {
  it('shows a hundred thousand tasks by fetching what is in sight', async () => {
    const engine = queueEngine()
    renderFeature(<Queue />, engine)
    const table = screen.findByRole('grid', { name: 'Tasks' })
    expect(await screen.findByRole('gridcell', { name: 'photo-0001.jpg' })).toBeTruthy()
    expect((await table).getAttribute('aria-rowcount')).toBe(String(TOTAL + 1))
    expect(screen.getAllByRole('row').length).toBeLessThan(60)
    expect(engine.callsOf('tasks.query').every(({ limit, offset }) => limit === 200 && offset === 0)).toBe(true)
    expect(await screen.findByText('100,000 tasks')).toBeTruthy()
    engine.close()
  })

  it('asks for the text once typing rests', async () => {
    const engine = queueEngine()
    renderFeature(<Queue />, engine)
    await screen.findByText('photo-0001.jpg')
    await userEvent.type(screen.getByRole('textbox', { name: 'Search' }), 'street')
    await waitFor(() => expect(lastQuery(engine)?.filter.text).toBe('street'))
    expect(engine.callsOf('tasks.query').some(({ query }) => query.filter.text === 'str')).toBe(false)
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }))
    await waitFor(() => expect(lastQuery(engine)?.filter.text).toBe(''))
    engine.close()
  })

  it('filters by state and tag, with their counts', async () => {
    const engine = queueEngine()
    renderFeature(<Queue />, engine)
    await screen.findByText('photo-0001.jpg')
    await userEvent.click(screen.getByRole('combobox', { name: 'State' }))
    await userEvent.click(await screen.findByRole('option', { name: 'In progress (12)', hidden: true }))
    await waitFor(() => expect(lastQuery(engine)?.filter.standings).toEqual(['inProgress']))
    await userEvent.click(screen.getByRole('combobox', { name: 'Tag' }))
    await userEvent.click(await screen.findByRole('option', { name: 'source: drone (7)', hidden: true }))
    await waitFor(() => expect(lastQuery(engine)?.filter.tag).toEqual({ key: 'source', value: 'drone' }))
    engine.close()
  })

  it('sorts in the engine, up, down, and back to the order of the queue', async () => {
    const engine = queueEngine()
    renderFeature(<Queue />, engine)
    await screen.findByText('photo-0001.jpg')
    const sortByName = screen.getByRole('button', { name: 'Name' })
    await userEvent.click(sortByName)
    await waitFor(() => expect(lastQuery(engine)?.sort).toEqual({ by: 'name', descending: false }))
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending')
    await userEvent.click(sortByName)
    await waitFor(() => expect(lastQuery(engine)?.sort).toEqual({ by: 'name', descending: true }))
    await userEvent.click(sortByName)
    await waitFor(() => expect(lastQuery(engine)?.sort).toEqual({ by: 'queue', descending: false }))
    engine.close()
  })

  it('is walked by the keyboard and opens a task with Enter', async () => {
    const engine = queueEngine()
    const onAnnotate = vi.fn()
    renderFeature(<Queue onAnnotate={onAnnotate} />, engine)
    await screen.findByText('photo-0001.jpg')
    screen.getByRole('grid').focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}')
    expect(screen.getByRole('row', { selected: true }).textContent).toContain('photo-0002.jpg')
    await userEvent.keyboard('{Enter}')
    expect(onAnnotate).toHaveBeenCalledWith('task-2')
    engine.close()
  })

  it('tells of a problem and of the images that are missing', async () => {
    const engine = queueEngine({
      'tasks.query': () => ({ total: 1, rows: [taskRow(1, { prefetch: 'failed', problem: { code: 'imageHashMismatch', detail: 'x' } })] }),
    })
    renderFeature(<Queue />, engine)
    const row = within(await screen.findByRole('row', { name: /photo-0001/ }))
    expect(row.getByText('The image is not the announced one')).toBeTruthy()
    expect(row.getByRole('img', { name: 'Image could not be fetched' })).toBeTruthy()
    engine.close()
  })

  it('shows the progress of the download and cancels it', async () => {
    const engine = queueEngine({
      'sync.status': () => syncStatus({ prefetch: { running: true, done: 14, total: 64, receivedBytes: 1, usedBytes: 1, budgetBytes: 100_000_000 } }),
      'prefetch.cancel': () => ({}),
    })
    renderFeature(<Queue />, engine)
    expect(await screen.findByText('Downloading images: 14 of 64')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Stop downloading' }))
    await waitFor(() => expect(engine.callsOf('prefetch.cancel')).toHaveLength(1))
    engine.close()
  })

  it('says what to do when there are no tasks, and when none matches', async () => {
    let total = 0
    const engine = queueEngine({
      'tasks.query': () => ({ total: 0, rows: [] }), 'tasks.facets': () => ({ total, standings: {}, tags: [], prefetched: 0 }), 'sync.now': () => ({}),
    })
    renderFeature(<Queue />, engine)
    expect(await screen.findByText('No tasks yet')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Sync now' }))
    await waitFor(() => expect(engine.callsOf('sync.now')).toHaveLength(1))
    total = 5
    engine.emit('tasks.changed', { taskIds: [] })
    expect(await screen.findByText('No task matches')).toBeTruthy()
    engine.close()
  })

  it('tells that the queue could not be read and tries again', async () => {
    const engine = queueEngine({ 'tasks.query': () => { throw new RpcError('databaseDamaged', 'malformed') } })
    renderFeature(<Queue />, engine)
    expect((await screen.findByRole('alert')).textContent).toContain('database is damaged')
    engine.handle('tasks.query', () => ({ total: 1, rows: [taskRow(1)] }))
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('photo-0001.jpg')).toBeTruthy()
    engine.close()
  })

  it('follows changes that the engine tells of', async () => {
    let standing: 'new' | 'submitted' = 'new'
    const engine = queueEngine({ 'tasks.query': () => ({ total: 1, rows: [taskRow(1, { standing })] }) })
    renderFeature(<Queue />, engine, 'es')
    expect(await screen.findByText('Nueva')).toBeTruthy()
    standing = 'submitted'
    engine.emit('tasks.changed', { taskIds: ['task-1' as TaskId] })
    expect(await screen.findByText('Enviada')).toBeTruthy()
    engine.close()
  })
})
