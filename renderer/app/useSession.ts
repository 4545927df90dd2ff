import { useCallback, useEffect, useState } from 'react'
import type { EngineClient } from '../bridge/engineClient.ts'
import type { Desktop } from '../bridge/preloadApi.ts'
import { assertNever } from '../../shared/domain/assertNever.ts'
import type { ConnectRequest, Session } from '../../shared/rpc/preload.ts'
import { useAuditStore } from '../features/audit/auditStore.ts'
import { useReviewStore } from '../features/review/reviewStore.ts'
import { useViewStore } from './viewStore.ts'

/** What the person opens a workspace from. */
export type WorkspaceChoice = { kind: 'folder'; path: string } | { kind: 'orchestrator'; request: ConnectRequest } | { kind: 'backup'; name: string }
/** Answers what is open then; undefined when the person stayed. */
export type OpenWorkspace = (choice: WorkspaceChoice) => Promise<Session | undefined>

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
    const opened = await openBy(desktop, choice)
    useViewStore.getState().reset()
    useAuditStore.getState().reset()
    useReviewStore.getState().reset()
    setGeneration((count) => count + 1)
    setSession(opened)
    return opened
  }, [desktop])

  return { session, generation, open }
}

function openBy(desktop: Desktop, choice: WorkspaceChoice): Promise<Session> {
  switch (choice.kind) {
    case 'folder': return desktop.openFolder(choice.path)
    case 'orchestrator': return desktop.openOrchestrator(choice.request)
    case 'backup': return desktop.restoreBackup(choice.name)
    default: return assertNever(choice, 'workspace choice')
  }
}
