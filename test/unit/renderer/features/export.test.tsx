import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { FakeEngine } from '../../../builders/fakeEngine.ts'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { SOME_HASH } from '../../../builders/windowRecords.ts'
import { ExportDialog } from '../../../../renderer/features/export/ExportDialog.tsx'
import { RpcError } from '../../../../shared/rpc/errors.ts'

const projects = [{ id: 'people', name: 'People', description: '', schemaHash: SOME_HASH }] as never

function exportEngine() {
  let finish: (outcome: 'done' | 'cancelled') => void = () => {}
  const engine = new FakeEngine({
    'projects.list': () => projects,
    'export.run': () => new Promise((resolve, reject) => {
      finish = (outcome) => (outcome === 'done'
        ? resolve({ files: 2, images: 7, shapes: 31, skipped: [{ taskId: 'task-9', reason: 'no image' }] as never })
        : reject(new RpcError('cancelled', 'cancelled')))
    }),
    'jobs.cancel': () => { finish('cancelled'); return {} },
  })
  return { engine, finish: () => finish('done') }
}

const dialog = <ExportDialog opened onClose={() => {}} chooseDirectory={() => Promise.resolve('/home/ada/out')} />

describe('ExportDialog', () => {
  it('exports into the chosen folder, with progress, and says what was left out', async () => {
    const { engine, finish } = exportEngine()
    renderFeature(dialog, engine)
    expect(await screen.findByRole('button', { name: 'Export' })).toHaveProperty('disabled', true)
    await userEvent.click(screen.getByRole('radio', { name: 'YOLO' }))
    await userEvent.click(screen.getByRole('button', { name: 'Choose…' }))
    expect(await screen.findByDisplayValue('/home/ada/out')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Export' }))
    await waitFor(() => expect(engine.callsOf('export.run')).toHaveLength(1))
    const [request] = engine.callsOf('export.run')
    expect(request).toMatchObject({ format: 'yolo', directory: '/home/ada/out', projectId: 'people', include: 'submitted', includeImages: false })
    engine.emit('job.progress', { jobId: request?.jobId ?? '', done: 3, total: 7 })
    expect(await screen.findByText('Exporting: 3 of 7')).toBeTruthy()
    finish()
    expect(await screen.findByText('Exported 7 images with 31 shapes to 2 files.')).toBeTruthy()
    expect(screen.getByText('task-9: no image')).toBeTruthy()
    engine.close()
  })

  it('cancels', async () => {
    const { engine } = exportEngine()
    renderFeature(dialog, engine)
    await userEvent.click(await screen.findByRole('button', { name: 'Choose…' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Export' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }))
    expect(await screen.findByText('The export was cancelled.')).toBeTruthy()
    expect(engine.callsOf('jobs.cancel')).toEqual([{ jobId: engine.callsOf('export.run')[0]?.jobId }])
    engine.close()
  })
})
