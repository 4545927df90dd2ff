import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { renderFeature } from '../../../builders/renderFeature.tsx'
import { Annotate, canvas, object, twoFaces, workEngine } from '../../../builders/workplace.tsx'

describe('while labels are being made', () => {
  it('says what is wrong with a shape, leads to it by a key, and has it mended by another', async () => {
    const engine = workEngine({}, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    expect(await screen.findByRole('button', { name: /^1 problem/ })).toBeTruthy()
    await userEvent.keyboard('{F8}')
    expect(await screen.findByRole('list', { name: 'Problems of this shape' })).toBeTruthy()
    expect(screen.getByRole('option', { selected: true }).textContent).toContain('Face 1')
    await userEvent.keyboard('{F2}')
    await waitFor(() => expect(screen.queryByRole('button', { name: /^1 problem/ })).toBeNull())
    expect(screen.getByRole('button', { name: 'Undo: set attribute' })).toBeTruthy()
    engine.close()
  })

  it('gives the field of a number the keyboard by its key', async () => {
    const engine = workEngine({}, twoFaces)
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.click(object('Face 2'))
    await userEvent.keyboard('{F4}')
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Age' }))
    engine.close()
  })

  it('keeps the class in hand for the next task', async () => {
    const engine = workEngine()
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.click(screen.getByRole('button', { name: 'Person', pressed: false }))
    await screen.findByText('1 of 3')
    await userEvent.keyboard('d')
    await canvas(2)
    expect(screen.getByRole('button', { name: 'Person', pressed: true })).toBeTruthy()
    engine.close()
  })

  it('jumps to the next task that wants labels', async () => {
    const engine = workEngine()
    renderFeature(<Annotate />, engine)
    await canvas(1)
    await userEvent.keyboard('{Shift>}d{/Shift}')
    await canvas(2)
    engine.close()
  })
})
