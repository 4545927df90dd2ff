import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { FakeEngine, type Handlers } from '../../../builders/fakeEngine.ts'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { at } from '../../../builders/windowRecords.ts'
import { DiagnosticsView } from '../../../../renderer/features/diagnostics/DiagnosticsView.tsx'
import type { BackupRow, DiagnosticsReport } from '../../../../shared/rpc/diagnostics.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'

const backups: BackupRow[] = [
  { name: 'work-000000000000002.db', at: at('11:00:00'), bytes: 492_000, sound: true },
  { name: 'work-000000000000001.db', at: at('10:00:00'), bytes: 480_000, sound: false },
]

function aReport(over: Partial<DiagnosticsReport> = {}): DiagnosticsReport {
  return {
    at: at('12:00:00'), versions: { Fieldmark: '0.1.0', SQLite: '3.53.0' },
    system: { platform: 'linux', release: '6.1', arch: 'x64', cpus: 2, memoryBytes: 8e9, freeMemoryBytes: 4e9, freeDiskBytes: 5e10 },
    workspace: { kind: 'orchestrator', source: 'http://localhost:7400/', location: '/home/ada/w', user: 'ada', device: 'device-1', auditEpochs: 1, access: 'write' },
    keyring: 'basic_text',
    database: { name: 'work.db', path: '/home/ada/w/work.db', bytes: 1e6, logBytes: 0, schema: { version: 6, newest: 7 }, settings: { journal_mode: 'wal' }, rows: { tasks: 3, journal: -1 }, integrity: { state: 'unchecked', findings: [] } },
    queue: { phase: 'waiting', waiting: 2, dead: 1, oldestAt: at('09:00:00'), auditBacklog: 4 },
    clockOffsetMs: -1500, link: { roundTrips: [{ at: at('11:59:00'), what: 'pull', ms: 120.4, ok: false }], successRate: 0.5, bytesPerSecond: 2_000_000 },
    cache: { usedBytes: 5e7, budgetBytes: 2e10 }, backups, errors: [{ at: at('11:00:00'), source: 'sync', message: 'offline: nobody answers' }],
    ...over,
  }
}

const diagnosticsEngine = (over: Handlers = {}) => new FakeEngine({
  'diagnostics.get': ({ check }) => aReport(check ? { database: { ...aReport().database, integrity: { state: 'damaged', findings: ['row 3 missing from index'] } } } : {}),
  'backups.list': () => backups, 'backups.since': () => ({ edited: 0, unsent: 0, sent: 0 }), 'backups.make': () => backups[0] as BackupRow,
  ...over,
})

const view = (onRestore: (name: string) => Promise<unknown> = () => Promise.resolve()) => <DiagnosticsView chooseDirectory={() => Promise.resolve('/home/ada/out')} onRestore={onRestore} token="kept by the keyring" />

describe('DiagnosticsView', () => {
  it('shows what support asks first, and what is not protected or cannot be read', async () => {
    const engine = diagnosticsEngine()
    renderFeature(view(), engine)
    expect(await screen.findByText('basic_text: protects nothing')).toBeTruthy()
    expect(screen.getByText('Version 6; this program knows 7')).toBeTruthy()
    expect(within(screen.getByRole('region', { name: 'Rows' })).getByText('Cannot be read')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Check the database' }))
    expect(await screen.findByText('row 3 missing from index')).toBeTruthy()
    expect(screen.getByText('Damaged: restore a backup')).toBeTruthy()
    engine.close()
  })

  it('shows the link, the clock and the last errors', async () => {
    const engine = diagnosticsEngine()
    renderFeature(view(), engine)
    await userEvent.click(await screen.findByRole('tab', { name: 'Connection' }))
    expect(await screen.findByText("1,500 ms ahead of the orchestrator's")).toBeTruthy()
    expect(screen.getByText('50%')).toBeTruthy()
    expect(screen.getByRole('row', { name: /pull 120 ms Failed/ })).toBeTruthy()
    await userEvent.click(screen.getByRole('tab', { name: 'Errors (1)' }))
    expect(await screen.findByText('offline: nobody answers')).toBeTruthy()
    engine.close()
  })

  it('restores a sound backup after a question, and never a damaged one', async () => {
    const engine = diagnosticsEngine()
    const onRestore = vi.fn(() => Promise.resolve())
    renderFeature(view(onRestore), engine)
    await userEvent.click(await screen.findByRole('tab', { name: 'Backups' }))
    const [sound, damaged] = await screen.findAllByRole('button', { name: 'Restore…' })
    expect(damaged).toHaveProperty('disabled', true)
    await userEvent.click(sound as HTMLElement)
    expect(onRestore).not.toHaveBeenCalled()
    await userEvent.click(await screen.findByRole('button', { name: 'Restore' }))
    await waitFor(() => expect(onRestore).toHaveBeenCalledWith('work-000000000000002.db'))
    engine.close()
  })

  it.each([
    ['in numbers', () => ({ edited: 2, unsent: 1, sent: 3 }), [/^2 tasks were edited since and not submitted/, /^1 result was submitted since and is not with the orchestrator/, /^3 results .* come back/, /Export everything unsent/]],
    ['also when there is nothing', () => ({ edited: 0, unsent: 0, sent: 0 }), ['Nothing was done since this backup.']],
    ['also when it cannot be counted', () => { throw new RpcError('databaseDamaged', 'SQLITE_CORRUPT') }, [/cannot be counted/, /Export everything unsent/]],
  ] as const)('says what going back does to the work since then, %s', async (_, since, texts) => {
    const engine = diagnosticsEngine({ 'backups.since': since })
    renderFeature(view(), engine)
    await userEvent.click(await screen.findByRole('tab', { name: 'Backups' }))
    await userEvent.click((await screen.findAllByRole('button', { name: 'Restore…' }))[0] as HTMLElement)
    const question = within(await screen.findByRole('dialog', { name: /^Restore the backup of/ }))
    for (const text of texts) expect(question.getByText(text)).toBeTruthy()
    engine.close()
  })

  it('offers the backups also when the database cannot be read any more', async () => {
    const engine = diagnosticsEngine({ 'diagnostics.get': () => { throw new RpcError('databaseDamaged', 'SQLITE_CORRUPT') } })
    renderFeature(view(), engine)
    expect(await screen.findByText('SQLITE_CORRUPT')).toBeTruthy()
    await userEvent.click(screen.getByRole('tab', { name: 'Backups' }))
    expect(await screen.findByText('work-000000000000002.db')).toBeTruthy()
    engine.close()
  })
})
