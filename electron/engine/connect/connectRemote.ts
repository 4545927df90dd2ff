import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { EngineConfig } from '../../../shared/rpc/engineControl.ts'
import { createProxyFor, type ProxyFor } from '../http/proxies.ts'
import type { ImageDecoder } from '../tiles/imageDecoder.ts'
import type { WorkContext } from '../work/context.ts'
import { signIn } from '../work/signIn.ts'
import { connectFolder } from './folder.ts'
import { connectOrchestrator } from './orchestrator.ts'
import type { OnUser, Remote, RemoteEvents } from './remote.ts'

/** Opens the other side of a workspace. @throws StartError when a folder cannot be used. */
export function connectRemote(config: EngineConfig, context: WorkContext, headers: ImageDecoder, events: RemoteEvents, { background, silenceMs, proxyFor = createProxyFor() }: { background: boolean; silenceMs?: number; proxyFor?: ProxyFor }): Promise<Remote> {
  const onUser: OnUser = (user) => signIn(context, user)
  const { source, workspaceDir } = config
  switch (source.kind) {
    case 'orchestrator': return Promise.resolve(connectOrchestrator({ source, workspaceDir, clock: context.clock, onUser, proxyFor, ...(silenceMs !== undefined && { silenceMs }) }))
    case 'folder': return connectFolder({ folder: source.path, workspaceDir, context, headers, onUser, watch: background, ...events })
    default: return assertNever(source, 'workspace source')
  }
}
