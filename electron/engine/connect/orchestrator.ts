import { join } from 'node:path'
import type { Me } from '../../../shared/api/messages.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { DeviceId } from '../../../shared/domain/ids.ts'
import type { WorkspaceSource } from '../../../shared/rpc/engineControl.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { ProxyFor } from '../http/proxies.ts'
import { createFieldmarkApi } from '../remotes/fieldmarkApi.ts'
import { createPresignedStore } from '../storage/presignedHttp.ts'
import { createS3Store, type S3Options } from '../storage/s3.ts'
import type { S3Keys } from '../storage/s3Client.ts'
import { createUploadJournal } from '../storage/uploadJournal.ts'
import { OTHER_USER } from '../sync/pacing.ts'
import type { Clock, ObjectStore, Orchestrator } from '../sync/ports.ts'
import type { OnUser, Remote } from './remote.ts'

type Api = ReturnType<typeof createFieldmarkApi>
type OrchestratorSource = Extract<WorkspaceSource, { kind: 'orchestrator' }>

export interface OrchestratorRequest {
  source: OrchestratorSource
  workspaceDir: string
  clock: Clock
  /** Hears whose token it is before anything is sent, and may refuse. */
  onUser: OnUser
  /** Milliseconds of silence after which a request ends. */
  silenceMs?: number
  proxyFor?: ProxyFor
}

/** Reaches an orchestrator and the storage that it names. */
export function connectOrchestrator({ source, workspaceDir, clock, onUser, silenceMs, proxyFor }: OrchestratorRequest): Remote {
  const tokens = { get: () => Promise.resolve(source.token), refresh: () => Promise.resolve(undefined) }
  const network = { ...(silenceMs !== undefined && { silenceMs }), ...(proxyFor && { proxyFor }) }
  const api = createFieldmarkApi({ baseUrl: source.url, tokens, clock, ...network })
  const presigned = createPresignedStore({ grants: api, ...network })
  const uploads = createUploadJournal(join(workspaceDir, 'uploads'))
  let storage = presigned
  let known = ''
  let deviceId: DeviceId | undefined
  const orchestrator: Orchestrator = {
    ...api,
    // Of one person's two devices only one has the lease.
    lease: (taskId, signal) => api.lease(taskId, signal, deviceId),
    async register(device, signal) {
      const me = await api.me(signal)
      signIn(onUser, me)
      // Each registration tells the storage anew; a client of its own for each would never reuse a connection.
      if (known !== JSON.stringify(me.storage)) storage = storageOf(me, source, api, presigned, { uploads, ...network })
      known = JSON.stringify(me.storage)
      deviceId = device.deviceId
      return api.register(device, signal)
    },
  }
  const objectStore: ObjectStore = {
    put: (request, signal) => storage.put(request, signal),
    get: (ref, signal, from) => storage.get(ref, signal, from),
  }
  return { orchestrator, objectStore, settled: 'synced', refresh: () => Promise.resolve(), close: () => Promise.resolve() }
}

/** Another person with work of the first one pending is a refusal, which waits for a person and keeps everything. */
function signIn(onUser: OnUser, { userId: id, name, roles }: Me): void {
  try {
    if (onUser({ id, name, roles }).changed) throw new RemoteError({ kind: 'transient' }, `${name} works here now: the device is registered anew`)
  } catch (error) {
    if (!(error instanceof RpcError)) throw error
    throw new RemoteError({ kind: 'refused', status: 403, code: OTHER_USER }, error.message, { cause: error })
  }
}

function storageOf({ storage }: Me, { s3 }: OrchestratorSource, api: Api, presigned: ObjectStore, more: Pick<S3Options, 'uploads' | 'silenceMs' | 'proxyFor'>): ObjectStore {
  switch (storage.kind) {
    case 'presigned': return presigned
    case 's3': {
      const { endpoint, region, bucket, prefix } = storage
      return createS3Store({ region, bucket, prefix, ...more, endpoint: s3?.endpoint ?? endpoint, credentials: storage.credentials === 'session' ? () => sessionOf(api) : s3 && ownKeys(s3) })
    }
    default: return assertNever(storage, 'storage')
  }
}

function ownKeys({ accessKeyId, secretAccessKey, sessionToken }: NonNullable<OrchestratorSource['s3']>): S3Keys {
  return { accessKeyId, secretAccessKey, sessionToken }
}

/** Several transfers wait for the same answer, so none of their signals ends it. The clock of the orchestrator says when the keys end. */
async function sessionOf(api: Api): Promise<S3Keys> {
  const { expiresAt, ...keys } = await api.storageCredentials(new AbortController().signal)
  return { ...keys, expiration: new Date(Date.parse(expiresAt) - api.clockOffsetMs()) }
}
