import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { UserId } from '../../../shared/domain/ids.ts'
import type { EngineConfig } from '../../../shared/rpc/engineControl.ts'
import type { ObjectStore, Orchestrator } from '../sync/ports.ts'
import type { ImageDecoder } from '../tiles/imageDecoder.ts'
import type { WorkContext } from '../work/context.ts'
import { signIn } from '../work/signIn.ts'
import { connectFolder } from './folder.ts'
import { connectOrchestrator } from './orchestrator.ts'

/** Hears who works here. @throws RpcError notAllowed while another person's work waits to be sent. */
export type OnUser = (user: { id: UserId; name: string }) => void

/** The other side of a workspace: a server, or a folder of pictures. */
export interface Remote {
  orchestrator: Orchestrator
  objectStore: ObjectStore
  /** The word for "nothing is left to do". */
  settled: 'synced' | 'local'
  /** Brings the other side up to date before it is asked: a folder is looked through. @throws RemoteError. */
  refresh(signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** What a remote tells by itself. */
export interface RemoteEvents {
  /** There is something new to pull. */
  onChanged: () => void
}

/** Opens the other side of a workspace. @throws StartError when a folder cannot be used. */
export function connectRemote(config: EngineConfig, context: WorkContext, headers: ImageDecoder, events: RemoteEvents, watch: boolean): Promise<Remote> {
  const onUser: OnUser = (user) => { signIn(context.db, user) }
  const { source, workspaceDir } = config
  switch (source.kind) {
    case 'orchestrator': return Promise.resolve(connectOrchestrator(source, context.clock, onUser))
    case 'folder': return connectFolder({ folder: source.path, workspaceDir, context, headers, onUser, watch, ...events })
    default: return assertNever(source, 'workspace source')
  }
}
