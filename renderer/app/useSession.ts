import { useCallback, useEffect, useState } from 'react'
import type { EngineClient } from '../bridge/engineClient.ts'
import type { Desktop } from '../bridge/preloadApi.ts'
import type { ConnectRequest, Session } from '../../shared/rpc/preload.ts'
import { useViewStore } from './viewStore.ts'

/** What the person opens a workspace from. */
export type WorkspaceChoice = { kind: 'folder'; path: string } | { kind: 'orchestrator'; request: ConnectRequest }
export type OpenWorkspace = (choice: WorkspaceChoice) => Promise<Session>

/** Follows the session of the main process and asks for a port whenever there is an engine, also one that was started again. */
export function useSession(desktop: Desktop, engine: EngineClient) {
  const [session, setSession] = useState<Session>()
  const [generation, setGeneration] = useState(0)

  useEffect(() => {
    const follow = (next: Session) => {
      setSession(next)
      if (next.kind === 'workspace') desktop.connectEngine()
      else engine.detach()
    }
    desktop.onSessionChanged(follow)
    desktop.session().then(follow, (error: unknown) => setSession({ kind: 'failed', code: 'internal', detail: String(error) }))
  }, [desktop, engine])

  const open = useCallback(async (choice: WorkspaceChoice) => {
    const opened = choice.kind === 'folder' ? await desktop.openFolder(choice.path) : await desktop.openOrchestrator(choice.request)
    useViewStore.getState().reset()
    setGeneration((count) => count + 1)
    setSession(opened)
    return opened
  }, [desktop])

  return { session, generation, open }
}
