import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { renderApp } from '../../../builders/application.tsx'
import type { Handlers } from '../../../builders/fakeEngine.ts'
import { at } from '../../../builders/windowRecords.ts'
import { twoFaces, workEngine } from '../../../builders/workplace.tsx'
import { useViewStore } from '../../../../renderer/app/viewStore.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import type { TaskId } from '../../../../shared/domain/ids.ts'

const NAME = 'work-000000000000002.db'
const fails = () => { throw new RpcError('diskFull', 'ENOSPC') }

/** A window in which a shape was deleted and the view was left for the diagnostics. */
async function withAnEdit(commit: NonNullable<Handlers['tasks.commit']>) {
  const engine = workEngine({
    'tasks.commit': commit,
    'backups.list': () => [{ name: NAME, at: at('10:00:00'), bytes: 480_000, sound: true }], 'backups.since': () => ({ edited: 1, unsent: 0, sent: 0 }),
  }, twoFaces)
  onTestFinished(() => { engine.close() })
  const app = renderApp({ kind: 'workspace' }, engine)
  await screen.findByRole('navigation', { name: 'Views' })
  useViewStore.getState().annotate('task-1' as TaskId)
  await screen.findByRole('application', { name: 'Image photo-0001.jpg' })
  await userEvent.click(within(screen.getByRole('listbox', { name: 'Objects' })).getByText('Face 1'))
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(engine.callsOf('tasks.commit')).not.toEqual([]))
  useViewStore.getState().show('diagnostics')
  return { ...app, engine }
}

async function restore(): Promise<void> {
  await userEvent.click(await screen.findByRole('tab', { name: 'Backups' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Restore…' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Restore' }))
}

beforeEach(() => { useViewStore.getState().reset() })

describe('edits that are not stored yet', () => {
  it('are stored before a backup takes the place of the database', async () => {
    let store = () => {}
    const stored = new Promise<void>((resolve) => { store = resolve })
    const { desktop } = await withAnEdit(async () => { await stored; return { journalSeq: 1, savedAt: at('10:11:12') } })
    await restore()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(desktop.restoreBackup).not.toHaveBeenCalled()
    store()
    await waitFor(() => expect(desktop.restoreBackup).toHaveBeenCalledWith(NAME))
  })

  it('are given up only by the person, when they cannot be stored', async () => {
    const { desktop } = await withAnEdit(fails)
    await restore()
    const question = await screen.findByRole('dialog', { name: 'Leave without saving?' })
    expect(question.textContent).toContain('1 edit could not be saved.')
    await userEvent.click(within(question).getByRole('button', { name: 'Stay here' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(desktop.restoreBackup).not.toHaveBeenCalled()
    await restore()
    await userEvent.click(await screen.findByRole('button', { name: 'Give up and go on' }))
    await waitFor(() => expect(desktop.restoreBackup).toHaveBeenCalledWith(NAME))
  })

  it('keep the window open, also while another view is shown', async () => {
    const close = vi.spyOn(window, 'close').mockImplementation(() => {})
    await withAnEdit(fails)
    await screen.findByRole('region', { name: 'Diagnostics' })
    const leaving = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(leaving)
    expect(leaving.defaultPrevented).toBe(true)
    const question = await screen.findByRole('dialog', { name: 'Close without saving?' })
    expect(close).not.toHaveBeenCalled()
    await userEvent.click(within(question).getByRole('button', { name: 'Give up and close' }))
    await waitFor(() => expect(close).toHaveBeenCalledOnce())
    close.mockRestore()
  })
})
