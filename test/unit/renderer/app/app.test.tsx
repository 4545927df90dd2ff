import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeEngine, type Handlers } from '../../../builders/fakeEngine.ts'
import { renderApp as renderAppOver } from '../../../builders/application.tsx'
import { syncStatus, taskRow } from '../../../builders/windowRecords.ts'
import { useViewStore } from '../../../../renderer/app/viewStore.ts'
import type { Session } from '../../../../shared/rpc/preload.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../../../shared/rpc/workspace.ts'

const engines: FakeEngine[] = []
let complaints: unknown[] = []

function appEngine(over: Handlers = {}): FakeEngine {
  let settings: Settings = { ...DEFAULT_SETTINGS, language: 'en' }
  const engine = new FakeEngine({
    'workspace.info': () => ({
      kind: 'orchestrator', source: 'http://localhost:7400', location: '/tmp/w', user: { id: 'ada', name: 'Ada', roles: ['annotator'] }, deviceId: 'device-1', readOnly: false,
      versions: { app: '0.1.0', sqlite: '3.53.0', betterSqlite3: '13.2.0' },
    }) as never,
    'settings.get': () => settings,
    'settings.set': (change) => (settings = { ...settings, ...change }),
    'projects.list': () => [],
    'tasks.query': () => ({ total: 1, rows: [taskRow(1)] }),
    'tasks.facets': () => ({ total: 1, standings: { new: 1 }, tags: [], prefetched: 1 }),
    'sync.status': () => syncStatus(), 'sync.outbox': () => [], 'sync.transfers': () => [],
    ...over,
  })
  engines.push(engine)
  return engine
}

const renderApp = (session: Session, engine = appEngine()) => renderAppOver(session, engine)

beforeEach(() => {
  complaints = []
  const complain = (...args: unknown[]) => { complaints.push(args) }
  vi.spyOn(console, 'error').mockImplementation(complain)
  vi.spyOn(console, 'warn').mockImplementation(complain)
  useViewStore.getState().reset()
})
afterEach(() => {
  for (const engine of engines.splice(0)) engine.close()
  vi.restoreAllMocks()
  expect(complaints).toEqual([])
})

const navigation = () => within(screen.getByRole('navigation', { name: 'Views' }))

describe('App', () => {
  it('opens on the queue and leads to every view', async () => {
    renderApp({ kind: 'workspace' })
    expect(await screen.findByText('photo-0001.jpg')).toBeTruthy()
    await userEvent.click(navigation().getByRole('button', { name: 'Sync' }))
    expect(await screen.findByRole('region', { name: 'Sync' })).toBeTruthy()
    await userEvent.click(navigation().getByRole('button', { name: 'History' }))
    expect(await screen.findByText('No task is chosen')).toBeTruthy()
    await userEvent.keyboard('{Alt>}2{/Alt}')
    expect(await screen.findByText('No task is open')).toBeTruthy()
    expect(navigation().getByRole('button', { name: 'Annotate' }).getAttribute('aria-current')).toBe('page')
  })

  it('shows how sync stands in every view', async () => {
    renderApp({ kind: 'workspace' })
    for (const view of ['Annotate', 'Sync', 'History', 'Queue']) {
      await screen.findByRole('button', { name: /^Sync: / })
      await userEvent.click(navigation().getByRole('button', { name: view }))
      expect(await screen.findByRole('button', { name: 'Sync: All synced' })).toBeTruthy()
    }
  })

  it('changes language and appearance at once, and keeps them', async () => {
    const engine = appEngine()
    renderApp({ kind: 'workspace' }, engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Settings' }))
    await userEvent.click(await screen.findByRole('radio', { name: 'Español' }))
    expect(await screen.findByRole('heading', { name: 'Ajustes' })).toBeTruthy()
    expect(document.documentElement.lang).toBe('es')
    await userEvent.click(screen.getByRole('radio', { name: 'Oscuro' }))
    await waitFor(() => expect(document.documentElement.getAttribute('data-mantine-color-scheme')).toBe('dark'))
    expect(engine.callsOf('settings.set')).toEqual([{ language: 'es' }, { colorScheme: 'dark' }])
  })

  it('lists the hotkeys by key, from the lists that bind them', async () => {
    renderApp({ kind: 'workspace' })
    await screen.findByText('photo-0001.jpg')
    await userEvent.keyboard('{Shift>}?{/Shift}')
    const help = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }))
    for (const label of ['Undo', 'Rectangle', 'Submit', 'Accept prediction', 'Fit to window']) expect(help.getByText(label)).toBeTruthy()
    expect(help.getByText('Undo').closest('div')?.textContent).toBe('UndoCtrlZ')
  })

  it('tells what the engine reports, until it is dismissed', async () => {
    const engine = appEngine()
    renderApp({ kind: 'workspace' }, engine)
    await screen.findByText('photo-0001.jpg')
    engine.emit('engine.notice', { code: 'diskFull', detail: 'ENOSPC' })
    expect(await screen.findByText(/^The disk is full/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText(/^The disk is full/)).toBeNull()
  })

  it('says that the engine is away and goes on with the one that follows', async () => {
    const first = appEngine()
    const { restart } = renderApp({ kind: 'workspace' }, first)
    await screen.findByText('photo-0001.jpg')
    first.close()
    expect(await screen.findByText(/^The engine is restarting/, undefined, { timeout: 4_000 })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Sync: Engine unavailable' })).toBeTruthy()
    restart(appEngine({ 'tasks.query': () => ({ total: 1, rows: [taskRow(2)] }) }))
    expect(await screen.findByText('photo-0002.jpg')).toBeTruthy()
    expect(screen.queryByText(/^The engine is restarting/)).toBeNull()
  })

  it('syncs at once when the network is back', async () => {
    const synced = vi.fn(() => ({}))
    renderApp({ kind: 'workspace' }, appEngine({ 'sync.now': synced }))
    await screen.findByText('All synced')
    window.dispatchEvent(new Event('online'))
    await waitFor(() => expect(synced).toHaveBeenCalledOnce())
  })

  it('is plainly read-only when the workspace is', async () => {
    const info = {
      kind: 'folder', source: '/pictures', location: '/tmp/w', user: { id: 'ada', name: 'Ada', roles: ['annotator'] }, deviceId: 'device-1', readOnly: 'databaseNewer',
      versions: { app: '0.1.0', sqlite: '3.53.0', betterSqlite3: '13.2.0' },
    } as never
    renderApp({ kind: 'workspace' }, appEngine({ 'workspace.info': () => info }))
    expect(await screen.findByText(/newer version of Fieldmark/)).toBeTruthy()
  })
})

describe('finding and binding', () => {
  it('finds a command by its name and does it', async () => {
    renderApp({ kind: 'workspace' })
    await screen.findByText('photo-0001.jpg')
    await userEvent.keyboard('{Control>}k{/Control}')
    const search = await screen.findByRole('textbox', { name: 'Find a command, class or task' })
    await userEvent.type(search, 'to sync')
    expect(screen.getAllByRole('button', { name: /^Go to/ }).map((button) => button.textContent)).toEqual(['Go to syncAlt3'])
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(useViewStore.getState()).toMatchObject({ view: 'sync', dialog: undefined }))
  })

  it('finds a task by the name of its image', async () => {
    renderApp({ kind: 'workspace' }, appEngine({ 'tasks.query': ({ query }) => ({ total: 1, rows: [taskRow(query.filter.text === 'wall' ? 7 : 1)] }) }))
    await screen.findByText('photo-0001.jpg')
    await userEvent.keyboard('{Control>}k{/Control}')
    await userEvent.type(await screen.findByRole('textbox', { name: 'Find a command, class or task' }), 'wall')
    expect(await screen.findByRole('button', { name: 'photo-0007.jpg' })).toBeTruthy()
  })

  it('takes a new key for a command, and says which other has it', async () => {
    const engine = appEngine()
    renderApp({ kind: 'workspace' }, engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Settings' }))
    await userEvent.click(await screen.findByRole('tab', { name: 'Keyboard' }))
    await userEvent.type(screen.getByRole('textbox', { name: 'Search commands' }), 'next task')
    const row = () => within(screen.getByRole('listitem', { name: 'Next task' }))
    await userEvent.click(row().getByRole('button', { name: 'Change the key of Next task' }))
    await userEvent.keyboard('r')
    await waitFor(() => expect(engine.callsOf('settings.set')).toEqual([{ hotkeys: { preset: 'fieldmark', custom: { 'task.next': ['R'] } } }]))
    expect(await row().findByText('also: Rectangle')).toBeTruthy()
    expect(screen.getByText(/^2 commands share their keys/)).toBeTruthy()
    await userEvent.click(row().getByRole('button', { name: 'Reset the key of Next task' }))
    expect(await screen.findByText(/^No two commands want the same key/)).toBeTruthy()
    expect(row().getByText('D')).toBeTruthy()
  })
})

describe('Welcome', () => {
  it('opens a folder', async () => {
    const { desktop } = renderApp({ kind: 'none' })
    await userEvent.click(await screen.findByRole('button', { name: 'Choose a folder…' }))
    expect(await screen.findByText('photo-0001.jpg')).toBeTruthy()
    expect(desktop.openFolder).toHaveBeenCalledWith('/home/ada/pictures')
  })

  it('checks the address, connects, and says why that failed', async () => {
    const { desktop } = renderApp({ kind: 'none' })
    await userEvent.type(await screen.findByRole('textbox', { name: 'Address' }), 'orchestrator')
    await userEvent.click(screen.getByRole('button', { name: 'Connect' }))
    expect(screen.getByText(/^Enter an address/)).toBeTruthy()
    expect(desktop.openOrchestrator).not.toHaveBeenCalled()
    await userEvent.clear(screen.getByRole('textbox', { name: 'Address' }))
    await userEvent.type(screen.getByRole('textbox', { name: 'Address' }), 'https://orchestrator.example')
    await userEvent.type(screen.getByLabelText('Access token'), 'secret')
    await userEvent.click(screen.getByRole('button', { name: 'Connect' }))
    expect(await screen.findByText('The disk is full. Free some space and try again.')).toBeTruthy()
    expect(desktop.openOrchestrator).toHaveBeenCalledWith({ url: 'https://orchestrator.example', token: 'secret' })
  })

  it('returns with the reason when the engine cannot be kept running', async () => {
    const { announce } = renderApp({ kind: 'workspace' })
    await screen.findByText('photo-0001.jpg')
    announce({ kind: 'failed', code: 'engineCrashed', detail: 'ended 4 times' })
    expect((await screen.findByRole('alert')).textContent).toContain('The engine ended repeatedly')
  })
})
