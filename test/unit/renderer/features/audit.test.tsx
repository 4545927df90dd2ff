import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import { useAuditStore } from '../../../../renderer/features/audit/auditStore.ts'
import { AuditView } from '../../../../renderer/features/audit/AuditView.tsx'
import type { AuditEvent, AuditProof } from '../../../../shared/rpc/auditSearch.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import type { AuditFindings } from '../../../../shared/rpc/history.ts'
import { FakeEngine, type Handlers } from '../../../builders/fakeEngine.ts'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { at, SOME_HASH, taskRow } from '../../../builders/windowRecords.ts'

const TOTAL = 450
const event = (seq: number): AuditEvent => ({
  wall: at('10:00:00'), device: 'device-1', epoch: 1, seq, type: seq % 2 === 0 ? 'submitted' : 'taskAssigned', hash: SOME_HASH, acknowledged: seq < 400,
  ...(seq % 2 === 0 && { actor: 'ada', taskId: 'task-1', taskName: 'photo-0001.jpg' }),
})
const proof = (seq: number): AuditProof => ({
  entry: { wall: at('10:00:00'), device: 'device-1', epoch: 1, seq, prev: SOME_HASH, type: 'submitted', payload: '{"details":{}}', payloadHash: SOME_HASH, monotonicMs: 1, hash: SOME_HASH, signature: 'c2ln' },
  publicKey: 'PUBLIC KEY', taskName: 'photo-0001.jpg', checks: { payload: true, hash: true, link: true, signature: true },
  receipt: { record: { device: 'device-1', epoch: 1, head: SOME_HASH, size: 400, serverTime: at('11:00:00'), serverKeyId: 'server', signature: 'c2ln' } as never, serverKey: 'SERVER KEY', signed: true, reached: true },
  previous: seq - 1, next: seq + 1,
})
const sound: AuditFindings = { entries: TOTAL, epochs: 1, receipts: 1, acknowledged: 400, faults: [], faultCount: 0 }

const auditEngine = (over: Handlers = {}) => new FakeEngine({
  'audit.facets': () => ({ total: TOTAL, actors: ['', 'ada'], types: ['submitted', 'taskAssigned'], devices: [{ device: 'device-1', isThis: true }] }),
  'audit.events': ({ after, limit }) => {
    const first = after === undefined ? TOTAL : after.seq - 1
    const events = Array.from({ length: Math.min(limit, first) }, (_, place) => event(first - place))
    const last = events.at(-1)
    return { events, ...(last !== undefined && last.seq > 1 && { next: { wall: last.wall, device: last.device, epoch: 1, seq: last.seq } }) }
  },
  'audit.proof': ({ seq }) => proof(seq),
  'audit.verify': () => sound,
  'tasks.query': () => ({ total: 1, rows: [taskRow(1)] }),
  ...over,
})

const show = (engine: FakeEngine) => renderFeature(<AuditView chooseDirectory={() => Promise.resolve('/home/ada/out')} chooseAuditLog={() => Promise.resolve('/home/ada/copied/work.db')} />, engine)

describe('AuditView', () => {
  beforeEach(() => useAuditStore.getState().reset())

  it('shows the events newest first, and asks for those that a filter lets through', async () => {
    const engine = auditEngine()
    show(engine)
    expect(await screen.findByText('450 events')).toBeTruthy()
    expect((await screen.findByRole('row', { name: /1\/450/ })).textContent).toContain('Submitted')
    await userEvent.click(screen.getByRole('combobox', { name: 'Person' }))
    await userEvent.click(await screen.findByRole('option', { name: 'ada' }))
    await waitFor(() => expect(engine.callsOf('audit.events').at(-1)?.filter).toMatchObject({ actors: ['ada'], types: [] }))
    const until = screen.getByLabelText('Until')
    await userEvent.type(until, '2026-11-24')
    await waitFor(() => expect(engine.callsOf('audit.events').at(-1)?.filter.until).toBe(new Date(2026, 10, 25).toISOString()))
    engine.close()
  })

  it('has its filters still when one comes back to it', async () => {
    const engine = auditEngine()
    const { unmount } = show(engine)
    await userEvent.click(await screen.findByRole('combobox', { name: 'Kind' }))
    await userEvent.click(await screen.findByRole('option', { name: 'Submitted' }))
    await userEvent.click(screen.getByRole('combobox', { name: 'Task' }))
    await userEvent.click(await screen.findByRole('option', { name: 'photo-0001.jpg' }))
    await waitFor(() => expect(engine.callsOf('audit.events').at(-1)?.filter).toMatchObject({ types: ['submitted'], taskId: 'task-1' }))
    unmount()
    // Among thousands of tasks the one that was chosen is not among the first.
    const again = auditEngine({ 'tasks.query': () => ({ total: 1, rows: [taskRow(2)] }) })
    show(again)
    await waitFor(() => expect(again.callsOf('audit.events').map(({ filter }) => filter)).toEqual([expect.objectContaining({ types: ['submitted'], taskId: 'task-1' })]))
    await waitFor(() => expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Task' }).value).toBe('photo-0001.jpg'))
    again.close()
    engine.close()
  })

  it('proves an event: what was checked, the receipt that covers it, and everything to copy', async () => {
    const engine = auditEngine()
    const { copied } = show(engine)
    await userEvent.click(await screen.findByRole('row', { name: /1\/450/ }))
    const panel = within(await screen.findByRole('complementary', { name: 'Proof of entry' }))
    expect((await panel.findByRole('list', { name: 'Checked just now' })).textContent).toContain('The device signed it')
    expect(panel.getByText(/signed for entries 1 to 400/)).toBeTruthy()
    expect(panel.getByText('PUBLIC KEY')).toBeTruthy()
    await userEvent.click(panel.getByRole('button', { name: 'Copy the proof' }))
    expect(JSON.parse(copied[0] ?? '')).toMatchObject({ publicKey: 'PUBLIC KEY', entry: { seq: 450 } })
    await userEvent.click(panel.getByRole('button', { name: 'Entry before' }))
    await waitFor(() => expect(engine.callsOf('audit.proof').at(-1)).toMatchObject({ seq: 449 }))
    engine.close()
  })

  it('says what of a proof does not hold', async () => {
    const engine = auditEngine({ 'audit.proof': ({ seq }) => ({ ...proof(seq), checks: { payload: false, hash: true, link: false, signature: true } }) })
    show(engine)
    await userEvent.click(await screen.findByRole('row', { name: /1\/450/ }))
    const checks = within(await screen.findByRole('list', { name: 'Checked just now' }))
    expect(checks.getByText('The content was changed')).toBeTruthy()
    expect(checks.getByText('It does not follow the entry before it')).toBeTruthy()
    engine.close()
  })

  it('verifies all with progress, and leads to where the log breaks', async () => {
    const broken: AuditFindings = { ...sound, faultCount: 1, faults: [{ kind: 'gap', device: 'device-1', epoch: 1, seq: 7, detail: 'Entry 6 is missing' }] }
    let end: (findings: AuditFindings) => void = () => {}
    const engine = auditEngine({
      'audit.verify': ({ jobId }) => new Promise((resolve) => { end = resolve; engine.emit('job.progress', { jobId, done: 100, total: TOTAL }) }),
      'audit.proof': ({ seq }) => { if (seq === 6) throw new RpcError('notFound', 'no entry'); return proof(seq) },
    })
    show(engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Verify all' }))
    expect(await screen.findByText(/100 of 450/)).toBeTruthy()
    end(broken)
    const findings = within(await screen.findByRole('alert', { name: 'Verification of the audit log' }))
    expect(findings.getByText('The audit log is broken in 1 place')).toBeTruthy()
    expect(findings.getByRole('listitem').textContent).toContain('Device vice-1, epoch 1, entry 7:')
    await userEvent.click(findings.getByRole('button', { name: 'Show' }))
    await waitFor(() => expect(engine.callsOf('audit.proof').at(-1)).toEqual({ device: 'device-1', epoch: 1, seq: 7 }))
    await userEvent.click(await screen.findByRole('button', { name: 'Entry before' }))
    expect(await screen.findByText(/There is no entry with this number here/)).toBeTruthy()
    engine.close()
  })

  it('verifies a file that was chosen, and exports what is filtered', async () => {
    const engine = auditEngine({
      'audit.verifyFile': () => ({ ...sound, kind: 'database' }), 'audit.exportCsv': ({ directory }) => ({ file: `${directory}/audit.csv`, events: 12 }),
    })
    show(engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Verify a file…' }))
    expect(await screen.findByText('The log in the database work.db is sound: nothing was altered')).toBeTruthy()
    expect(engine.callsOf('audit.verifyFile')).toMatchObject([{ file: '/home/ada/copied/work.db' }])
    await userEvent.click(screen.getByRole('button', { name: 'Export CSV…' }))
    expect(await screen.findByText('Exported 12 events to /home/ada/out/audit.csv')).toBeTruthy()
    engine.close()
  })

  it('says when nothing matches', async () => {
    const engine = auditEngine({ 'audit.events': () => ({ events: [] }) })
    show(engine)
    expect(await screen.findByText('No event matches')).toBeTruthy()
    engine.close()
  })
})
