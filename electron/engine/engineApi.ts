import type { ChannelName, RequestOf, ResponseOf } from '../../shared/rpc/channels.ts'
import type { RpcPort } from './rpc/server.ts'
import type { WakeReason } from './sync/scheduler.ts'
import type { Picture } from './tiles/imageMessages.ts'

/** An open workspace with everything that works on it. The same in the application, the command line and tests. */
export interface Engine {
  /** Serves a window over its port. */
  connect(port: RpcPort): void
  /** Asks what a window would ask. @throws RpcError. */
  call<C extends ChannelName>(channel: C, request: RequestOf<C>): Promise<ResponseOf<C>>
  /** The bytes under a `fieldmark-data:` URL; undefined when nothing sound is cached under it. */
  serveData(url: string): Promise<Picture | undefined>
  wake(reason: WakeReason): void
  /** Notes in the log why the engine ends. */
  logError(source: string, error: unknown): void
  /** One whole round of sync; failures are in the status. */
  syncOnce(): Promise<void>
  /** Fetches the images of all assigned tasks. @throws RemoteError. */
  prefetchAll(): Promise<void>
  /** Ends all work and closes the databases. */
  stop(): Promise<void>
}
