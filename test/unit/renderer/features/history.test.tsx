import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { FakeEngine, type Handlers } from '../../../builders/fakeEngine.ts'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { at, openTask, revisionId, SOME_HASH } from '../../../builders/windowRecords.ts'
import { HistoryView } from '../../../../renderer/features/history/HistoryView.tsx'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import type { TaskId } from '../../../../shared/domain/ids.ts'
import type { VerifyReport } from '../../../../shared/rpc/history.ts'

const taskId = 'task-1' as TaskId
const sound: VerifyReport = {
  ok: true, audit: { entries: 12, epochs: 1, receipts: 1, acknowledged: 10, faults: [], faultCount: 0 }, database: { integrity: ['ok'], foreignKeys: 0 },
  revisions: { checked: 2, damaged: [] }, objects: { checked: 5, damaged: [] },
}

const historyEngine = (over: Handlers = {}) => new FakeEngine({
  'tasks.open': () => openTask(1),
  'tasks.history': () => ({
    revisions: [{
      id: revisionId, parents: [], author: 'ada', device: 'device-1', createdAt: at('10:00:00'), timeOnTaskMs: 83_000, journalLength: 12, outcome: 'labelled', shapeCount: 3,
    }],
    events: [{ epoch: 1, seq: 4, type: 'submitted', wall: at('10:00:00'), actor: 'ada', hash: SOME_HASH, details: {}, acknowledged: false }],
  }) as never,
  'verify.run': () => sound,
  ...over,
})

const leads = { onShowQueue: () => {}, onTimeTravel: () => {}, chooseDirectory: () => Promise.resolve('/home/ada/out') }

describe('HistoryView', () => {
  it('shows the revisions and the audit events of a task', async () => {
    const engine = historyEngine()
    renderFeature(<HistoryView taskId={taskId} {...leads} />, engine)
    expect(await screen.findByRole('heading', { name: 'photo-0001.jpg' })).toBeTruthy()
    const revision = within(await screen.findByRole('row', { name: new RegExp(revisionId.slice(0, 12)) }))
    expect(revision.getByText('Labelled')).toBeTruthy()
    expect(revision.getByText('1:23')).toBeTruthy()
    expect(revision.getByText('none yet')).toBeTruthy()
    await userEvent.click(screen.getByRole('tab', { name: 'Audit events (1)' }))
    expect((await screen.findByRole('row', { name: /Submitted/ })).textContent).toContain('Not yet')
    engine.close()
  })

  it('verifies and says plainly that all is well', async () => {
    const engine = historyEngine()
    renderFeature(<HistoryView taskId={taskId} {...leads} />, engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Verify' }))
    expect(await screen.findByText('Verified: nothing was altered')).toBeTruthy()
    expect(screen.getByRole('listitem', { name: 'Audit chain: Passed' })).toBeTruthy()
    expect(engine.callsOf('verify.run')).toMatchObject([{ taskId }])
    engine.close()
  })

  it('says where a verification failed', async () => {
    const broken: VerifyReport = {
      ...sound, ok: false,
      audit: { ...sound.audit, faultCount: 1, faults: [{ kind: 'badSignature', device: 'device-1', epoch: 1, seq: 45, detail: 'device-1' }] }, objects: { checked: 5, damaged: [SOME_HASH] },
    }
    const engine = historyEngine({ 'verify.run': () => broken })
    renderFeature(<HistoryView taskId={taskId} {...leads} />, engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Verify everything' }))
    expect(await screen.findByText('Verification failed')).toBeTruthy()
    expect(screen.getByRole('listitem', { name: 'Audit chain: Failed' }).textContent).toContain('A signature is not valid (epoch 1, number 45)')
    expect(screen.getByRole('listitem', { name: 'Stored images: Failed' }).textContent).toContain('1 damaged')
    expect(screen.getByRole('listitem', { name: 'Database: Passed' })).toBeTruthy()
    expect(engine.callsOf('verify.run')).toEqual([{ jobId: expect.any(String) as string }])
    engine.close()
  })

  it('does not pass a verification that could not be made', async () => {
    const engine = historyEngine({ 'verify.run': () => { throw new Error('boom') } })
    renderFeature(<HistoryView taskId={taskId} {...leads} />, engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Verify' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Verification failed')
    engine.close()
  })

  it('shows how far a verification is, and can be stopped', async () => {
    let end: (error: RpcError) => void = () => {}
    const engine = historyEngine({
      'verify.run': () => new Promise((_, reject) => { end = reject }),
      'jobs.cancel': () => { end(new RpcError('cancelled', 'cancelled')); return {} },
    })
    renderFeature(<HistoryView taskId={taskId} {...leads} />, engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Verify everything' }))
    await waitFor(() => expect(engine.callsOf('verify.run')).toHaveLength(1))
    engine.emit('job.progress', { jobId: engine.callsOf('verify.run')[0]?.jobId ?? '', done: 500, total: 900 })
    expect(await screen.findByText('Verification: 500 of 900')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(await screen.findByText(/^Verification: cancelled/)).toBeTruthy()
    expect(engine.callsOf('jobs.cancel')).toEqual([{ jobId: engine.callsOf('verify.run')[0]?.jobId }])
    engine.close()
  })

  it('asks for a task when none is chosen', async () => {
    const engine = historyEngine()
    renderFeature(<HistoryView taskId={undefined} {...leads} />, engine)
    expect(await screen.findByText('No task is chosen')).toBeTruthy()
    engine.close()
  })

  it('exports the audit log with progress, and can be stopped', async () => {
    let end: (error?: RpcError) => void = () => {}
    const engine = historyEngine({
      'audit.export': () => new Promise((resolve, reject) => {
        end = (error) => { if (error) reject(error); else resolve({ file: '/home/ada/out/audit.jsonl', entries: 12 }) }
      }),
      'jobs.cancel': () => { end(new RpcError('cancelled', 'cancelled')); return {} },
    })
    renderFeature(<HistoryView taskId={taskId} {...leads} />, engine)
    const start = await screen.findByRole('button', { name: 'Export audit log' })
    await userEvent.click(start)
    await waitFor(() => expect(engine.callsOf('audit.export')).toHaveLength(1))
    engine.emit('job.progress', { jobId: engine.callsOf('audit.export')[0]?.jobId ?? '', done: 5, total: 12 })
    expect(await screen.findByText('Export audit log: 5 of 12')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(await screen.findByText(/cancelled. Nothing was written/)).toBeTruthy()
    await userEvent.click(start)
    await waitFor(() => expect(engine.callsOf('audit.export')).toHaveLength(2))
    end()
    expect(await screen.findByText(/^Wrote 12 audit entries .*audit\.jsonl$/)).toBeTruthy()
    engine.close()
  })
})
