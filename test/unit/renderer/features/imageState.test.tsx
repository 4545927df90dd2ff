import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { openTask, syncStatus } from '../../../builders/windowRecords.ts'
import { Annotate, canvas, workEngine } from '../../../builders/workplace.tsx'

describe('ImageState', () => {
  it('tells what is wrong with an image, and still lets the task be skipped', async () => {
    const engine = workEngine({}, { image: undefined, prefetch: 'failed', problem: { code: 'imageHashMismatch', detail: 'expected aa, got bb' } })
    renderFeature(<Annotate />, engine)
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('The image is not the announced one')
    expect(alert.textContent).toContain('expected aa, got bb')
    expect(screen.getByRole('button', { name: 'Submit' })).toHaveProperty('disabled', true)
    await userEvent.click(within(alert).getByRole('button', { name: 'Skip' }))
    expect(await screen.findByRole('dialog', { name: 'Skip this task' })).toBeTruthy()
    engine.close()
  })

  it('fetches an image that is missing and shows it when it has come', async () => {
    let ready = false
    const engine = workEngine({
      'tasks.open': () => openTask(1, ready ? {} : { image: undefined, prefetch: 'missing' }), 'assets.fetch': () => ({}), 'tasks.image': () => ({}),
    })
    renderFeature(<Annotate />, engine)
    expect(await screen.findByText('The image is being downloaded…')).toBeTruthy()
    await waitFor(() => expect(engine.callsOf('assets.fetch')).toEqual([{ assetId: 'asset-1' }]))
    ready = true
    engine.emit('asset.changed', { assetId: 'asset-1' as never })
    await canvas(1)
    engine.close()
  })

  it('shows an image that came while the task was being opened, of which nobody was told any more', async () => {
    let opened = 0
    const engine = workEngine({ 'tasks.open': () => openTask(1, opened++ > 0 ? {} : { image: undefined, prefetch: 'missing' }), 'assets.fetch': () => ({}) })
    renderFeature(<Annotate />, engine)
    await canvas(1)
    expect(opened).toBe(2)
    engine.close()
  })

  it('shows an image before all of its tiles are there, with how far that is', async () => {
    const pyramid = { kind: 'pyramid', urlTemplate: 'tile/{level}/{column}_{row}', width: 9000, height: 6000, tileSize: 512, overlap: 0, maxLevel: 14 } as const
    let present: number | undefined = 0.25
    const engine = workEngine({
      'tasks.image': () => ({ image: { ...pyramid, present } }), 'assets.fetch': () => new Promise(() => undefined),
    }, { image: { ...pyramid, present } })
    renderFeature(<Annotate />, engine)
    await canvas(1)
    expect(await screen.findByText('The image is still being prepared: 25 %')).toBeTruthy()
    present = 0.75
    engine.emit('asset.changed', { assetId: 'asset-1' as never })
    expect(await screen.findByText('The image is still being prepared: 75 %')).toBeTruthy()
    present = undefined
    engine.emit('asset.changed', { assetId: 'asset-1' as never })
    await waitFor(() => expect(screen.queryByText(/still being prepared/)).toBeNull())
    engine.close()
  })

  it('says that an image is out of reach while offline', async () => {
    const engine = workEngine({ 'sync.status': () => syncStatus({ phase: 'offline' }) }, { image: undefined, prefetch: 'missing' })
    renderFeature(<Annotate />, engine)
    expect(await screen.findByText('The image is not on this computer')).toBeTruthy()
    engine.close()
  })
})
