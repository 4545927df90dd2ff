import './jsdomGaps.ts'
import { act, render } from '@testing-library/react'
import { vi } from 'vitest'
import { App } from '../../renderer/app/App.tsx'
import { startI18n } from '../../renderer/app/i18n/i18n.ts'
import { EngineClient } from '../../renderer/bridge/engineClient.ts'
import type { Desktop } from '../../renderer/bridge/preloadApi.ts'
import type { Session, TokenChoice, TokenKeeping } from '../../shared/rpc/preload.ts'
import type { FakeEngine } from './fakeEngine.ts'

/** The whole window over a fake engine and a desktop that opens whatever it is asked for. */
export function renderApp(session: Session, engine: FakeEngine, over: Partial<Desktop> = {}) {
  const client = new EngineClient()
  let announce: (session: Session) => void = () => {}
  let current = engine
  const desktop: Desktop = {
    session: () => Promise.resolve(session),
    onSessionChanged: (listener) => { announce = listener },
    connectEngine: vi.fn(() => client.attach(current.port)),
    chooseDirectory: () => Promise.resolve('/home/ada/pictures'),
    chooseAuditLog: () => Promise.resolve('/home/ada/audit.jsonl'),
    chooseModelFile: () => Promise.resolve('/home/ada/sam.encoder.onnx'),
    openFolder: vi.fn(() => { announce({ kind: 'workspace' }); return Promise.resolve<Session>({ kind: 'workspace' }) }),
    openOrchestrator: vi.fn(() => Promise.resolve<Session>({ kind: 'failed', code: 'diskFull', detail: 'ENOSPC' })),
    restoreBackup: vi.fn(() => { announce({ kind: 'workspace' }); return Promise.resolve<Session>({ kind: 'workspace' }) }),
    copyText: () => Promise.resolve(),
    tokenKeeping: vi.fn(() => Promise.resolve<TokenKeeping>({ keyring: 'gnome_libsecret', isProtected: true, concerned: true })),
    keepToken: vi.fn((choice: TokenChoice) => Promise.resolve<TokenKeeping>({ keyring: 'basic_text', isProtected: false, concerned: true, choice })),
    copyShapes: () => Promise.resolve(),
    copiedShapes: () => Promise.resolve(undefined),
    platform: 'linux',
    ...over,
  }
  render(<App desktop={desktop} engine={client} i18n={startI18n('en')} />)
  return {
    desktop, client,
    restart: (next: FakeEngine) => act(() => { current = next; announce({ kind: 'workspace' }) }),
    announce: (next: Session) => act(() => announce(next)),
  }
}
