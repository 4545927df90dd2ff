import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { renderApp } from '../../../builders/application.tsx'
import { workEngine } from '../../../builders/workplace.tsx'
import { useViewStore } from '../../../../renderer/app/viewStore.ts'
import type { Session, TokenKeeping } from '../../../../shared/rpc/preload.ts'

const unprotected: TokenKeeping = { keyring: 'basic_text', isProtected: false, concerned: true }

function open(keeping: TokenKeeping, session: Session = { kind: 'workspace' }) {
  const engine = workEngine()
  onTestFinished(() => { engine.close() })
  return renderApp(session, engine, { tokenKeeping: () => Promise.resolve(keeping) })
}
const question = () => screen.findByRole('dialog', { name: 'How should the access token be kept?' })

beforeEach(() => { useViewStore.getState().reset() })

describe('the access token', () => {
  it('is kept as the person says, where nothing protects it', async () => {
    const { desktop } = open(unprotected)
    expect((await question()).textContent).toContain('basic_text')
    expect(within(await question()).getByRole('radio', { name: 'For this session only' })).toHaveProperty('checked', true)
    await userEvent.click(within(await question()).getByRole('radio', { name: 'On this disk, unprotected' }))
    await userEvent.click(screen.getByRole('button', { name: 'Keep it so' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(desktop.keepToken).toHaveBeenCalledWith('disk')
  })

  it.each([
    ['the keyring protects it', { ...unprotected, keyring: 'gnome_libsecret', isProtected: true }],
    ['the person has chosen before', { ...unprotected, choice: 'session' }],
    ['nobody entered one', { ...unprotected, concerned: false }],
  ] as const)('is not asked about when %s', async (_, keeping) => {
    open(keeping)
    await screen.findByRole('navigation', { name: 'Views' })
    await screen.findByRole('button', { name: /^Sync: / })
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('is asked for again when the keyring cannot open it any more, with the reason and the address', async () => {
    const { desktop } = open(unprotected, { kind: 'tokenMissing', url: 'https://orchestrator.example/', reason: 'keyringChanged' })
    expect((await screen.findByRole('alert')).textContent).toMatch(/can no longer be read.*All work on this computer is kept/)
    expect(screen.getByRole('textbox', { name: 'Address' })).toHaveProperty('value', 'https://orchestrator.example/')
    await userEvent.type(screen.getByLabelText('Access token'), 'secret')
    await userEvent.click(screen.getByRole('button', { name: 'Connect' }))
    await waitFor(() => expect(desktop.openOrchestrator).toHaveBeenCalledWith({ url: 'https://orchestrator.example/', token: 'secret' }))
  })
})
