import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { FakeEngine, type Handlers } from '../../../builders/fakeEngine.ts'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { at, outboxRow, SOME_HASH, syncStatus } from '../../../builders/windowRecords.ts'
import { SyncIndicator } from '../../../../renderer/features/sync/SyncIndicator.tsx'
import { SyncView } from '../../../../renderer/features/sync/SyncView.tsx'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import { SyncPhaseSchema } from '../../../../shared/rpc/syncStatus.ts'

const syncEngine = (over: Handlers = {}) => new FakeEngine({
  'sync.status': () => syncStatus(), 'sync.outbox': () => [], 'sync.transfers': () => [], 'sync.receipts': () => ({ total: 0, rows: [] }), ...over,
})

const leads = { onAnnotate: () => {}, chooseDirectory: () => Promise.resolve(undefined) }

const indicator = () => screen.findByRole('button', { name: /^Sync: / })

describe('SyncIndicator', () => {
  it.each(SyncPhaseSchema.options)('says all synced in no phase but that one: %s', async (phase) => {
    const engine = syncEngine({ 'sync.status': () => syncStatus({ phase }) })
    renderFeature(<SyncIndicator onOpen={() => {}} />, engine)
    await waitFor(async () => expect((await indicator()).getAttribute('data-phase')).toBe(phase))
    expect((await indicator()).textContent?.includes('All synced')).toBe(phase === 'synced')
    engine.close()
  })

  it('says nothing good before the engine has answered, nor after it was lost', async () => {
    let answer = () => {}
    const held = new Promise<void>((resolve) => { answer = resolve })
    const engine = syncEngine({ 'sync.status': async () => { await held; return syncStatus() } })
    const { client } = renderFeature(<SyncIndicator onOpen={() => {}} />, engine)
    expect((await indicator()).textContent).toBe('Checking…')
    answer()
    expect(await screen.findByText('All synced')).toBeTruthy()
    client.detach()
    expect(await screen.findByText('Engine unavailable')).toBeTruthy()
    engine.close()
  })

  it('counts what is to be sent and what was refused, and leads to the view', async () => {
    const engine = syncEngine({ 'sync.status': () => syncStatus({ phase: 'attention', outbox: { waiting: 3, dead: 1 } }) })
    const onOpen = vi.fn()
    renderFeature(<SyncIndicator onOpen={onOpen} />, engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Sync: Needs attention · 3 to send · 1 refused' }))
    expect(onOpen).toHaveBeenCalledOnce()
    engine.close()
  })

  it('follows the engine at once', async () => {
    let phase: 'synced' | 'offline' = 'synced'
    const engine = syncEngine({ 'sync.status': () => syncStatus({ phase }) })
    renderFeature(<SyncIndicator onOpen={() => {}} />, engine)
    await screen.findByText('All synced')
    phase = 'offline'
    engine.emit('sync.changed', syncStatus({ phase }))
    expect(await screen.findByText('Offline')).toBeTruthy()
    engine.close()
  })
})

describe('SyncView', () => {
  it('asks before many tasks go away at once', async () => {
    const agreed = vi.fn(() => ({}))
    const lastError = { at: at('10:00:00'), kind: 'massDelete', message: '40 of 43 tasks would go' }
    const engine = syncEngine({ 'sync.status': () => syncStatus({ phase: 'attention', lastError }), 'sync.confirmRemovals': agreed })
    renderFeature(<SyncView {...leads} />, engine)
    expect(await screen.findByText(/take many tasks away at once/)).toBeTruthy()
    expect(agreed).not.toHaveBeenCalled()
    await userEvent.click(screen.getByRole('button', { name: 'Remove them' }))
    await waitFor(() => expect(agreed).toHaveBeenCalledOnce())
    engine.close()
  })

  it('lists the outbox with what to do, and offers refused work again', async () => {
    const engine = syncEngine({
      'sync.outbox': () => [
        outboxRow(3), outboxRow(4, { blobStored: true, attempts: 2 }),
        outboxRow(7, { state: 'dead', attempts: 1, error: { at: at('10:00:00'), kind: 'refused', message: '422 expression is required' } }),
      ],
      'sync.retry': () => ({}),
    })
    renderFeature(<SyncView {...leads} />, engine)
    const refused = within(await screen.findByRole('row', { name: /photo-0007/ }))
    expect(refused.getByText(/Open the task, correct it/)).toBeTruthy()
    expect(refused.getByText('422 expression is required')).toBeTruthy()
    expect(screen.getByRole('row', { name: /photo-0004/ }).textContent).toContain('Stored, waiting for receipt')
    expect(screen.queryByRole('button', { name: 'Try photo-0003.jpg again' })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Try photo-0007.jpg again' }))
    await waitFor(() => expect(engine.callsOf('sync.retry')).toEqual([{ submissionId: 'submission-7' }]))
    engine.close()
  })

  it('leads to a refused task, and takes work out as files', async () => {
    const engine = syncEngine({
      'sync.outbox': () => [outboxRow(7, { state: 'dead', attempts: 1, error: { at: at('10:00:00'), kind: 'refused', message: '422' } }), outboxRow(8, { state: 'replaced' })],
      'export.unsent': () => ({ files: 2 }),
    })
    const onAnnotate = vi.fn()
    renderFeature(<SyncView onAnnotate={onAnnotate} chooseDirectory={() => Promise.resolve('/tmp/out')} />, engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Correct photo-0007.jpg' }))
    expect(onAnnotate).toHaveBeenCalledWith('task-7')
    expect(screen.queryByRole('button', { name: 'Correct photo-0008.jpg' })).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Export photo-0008.jpg' }))
    await userEvent.click(screen.getByRole('button', { name: 'Export everything unsent…' }))
    await waitFor(() => expect(engine.callsOf('export.unsent')).toEqual([{ directory: '/tmp/out', submissionId: 'submission-8' }, { directory: '/tmp/out' }]))
    expect((await screen.findAllByText('2 files were written to /tmp/out')).length).toBeGreaterThan(0)
    engine.close()
  })

  it('switches to working offline and keeps Sync now from being pressed', async () => {
    let workOffline = false
    const status = () => syncStatus({ workOffline, phase: workOffline ? 'workOffline' : 'synced' })
    const engine = syncEngine({
      'sync.status': status,
      'sync.setWorkOffline': (request) => { workOffline = request.workOffline; return status() },
    })
    renderFeature(<SyncView {...leads} />, engine)
    await userEvent.click(await screen.findByRole('switch', { name: 'Work offline' }))
    expect(await screen.findByText('Working offline')).toBeTruthy()
    await waitFor(() => expect(screen.getByRole('button', { name: 'Sync now' })).toHaveProperty('disabled', true))
    engine.close()
  })

  it('syncs on demand and tells when that failed', async () => {
    const engine = syncEngine({ 'sync.now': () => { throw new RpcError('unauthorized', '401') } })
    renderFeature(<SyncView {...leads} />, engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Sync now' }))
    expect(await screen.findByText(/no longer accepts the access token/)).toBeTruthy()
    engine.close()
  })

  it('tells the last error with what to do', async () => {
    const lastError = { at: at('10:16:12'), kind: 'captivePortal', message: 'HTML came instead of JSON' }
    const engine = syncEngine({ 'sync.status': () => syncStatus({ phase: 'offline', lastError }) })
    renderFeature(<SyncView {...leads} />, engine)
    const alert = await screen.findByRole('alert', { name: 'Last error' })
    expect(alert.textContent).toContain('open a browser, then sync again')
    expect(alert.textContent).toContain('HTML came instead of JSON')
    engine.close()
  })

  it('shows transfers with their progress', async () => {
    const engine = syncEngine({ 'sync.transfers': () => [{ id: 'a', direction: 'down', name: 'photo-0007.jpg', doneBytes: 1_200_000, totalBytes: 4_800_000 }] })
    renderFeature(<SyncView {...leads} />, engine)
    await userEvent.click(await screen.findByRole('tab', { name: 'Transfers (1)' }))
    expect((await screen.findByRole('progressbar', { name: 'photo-0007.jpg' })).getAttribute('aria-valuenow')).toBe('25')
    expect(screen.getByRole('img', { name: 'Download' })).toBeTruthy()
    expect(screen.getByText('1.2 MB / 4.8 MB')).toBeTruthy()
    engine.close()
  })

  it('shows receipts, and which work came late', async () => {
    const engine = syncEngine({
      'sync.receipts': () => ({ total: 1, rows: [{ submissionId: 'submission-1', taskId: 'task-1', name: 'photo-0001.jpg', sha256: SOME_HASH, late: true, serverTime: at('10:05:00') }] }) as never,
    })
    const { copied } = renderFeature(<SyncView {...leads} />, engine)
    await userEvent.click(await screen.findByRole('tab', { name: 'Receipts' }))
    const row = within(await screen.findByRole('row', { name: /photo-0001/ }))
    expect(row.getByText('late')).toBeTruthy()
    expect(row.getByText(SOME_HASH.slice(0, 16))).toBeTruthy()
    await userEvent.click(row.getByRole('button', { name: 'Copy hash of photo-0001.jpg' }))
    await userEvent.click(row.getByRole('button', { name: 'Copy submission of photo-0001.jpg' }))
    expect(copied).toEqual([SOME_HASH, 'submission-1'])
    engine.close()
  })

  it('has nothing to send in a local project', async () => {
    const engine = syncEngine({ 'sync.status': () => syncStatus({ phase: 'local' }) })
    renderFeature(<SyncView {...leads} />, engine)
    expect(await screen.findByText('Local project')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Sync now' })).toBeNull()
    engine.close()
  })
})
