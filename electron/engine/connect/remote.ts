import type { UserId } from '../../../shared/domain/ids.ts'
import type { Role } from '../../../shared/domain/role.ts'
import type { ObjectStore, Orchestrator } from '../sync/ports.ts'

/** Who works here, as the orchestrator says. */
export interface SignedInUser { id: UserId; name: string; roles: Role[] }

/** Hears who works here; answers whether that is another person than before, and so another device. @throws RpcError notAllowed while another person's work waits to be sent. */
export type OnUser = (user: SignedInUser) => { changed: boolean }

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
