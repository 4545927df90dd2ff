import { join } from 'node:path'
import type { Writable } from 'node:stream'
import type { Me } from '../../shared/api/messages.ts'
import { createAdmin } from './admin/admin.ts'
import type { Admin } from './admin/admin.ts'
import { createInspection } from './admin/inspect.ts'
import type { Inspection } from './admin/inspect.ts'
import { openDatabase } from './db/open.ts'
import type { Database } from './db/tables.ts'
import { registerEndpoints } from './http/routes.ts'
import { createServer } from './http/server.ts'
import type { Services } from './http/services.ts'
import { createLocalObjects } from './objects/localObjects.ts'
import { registerObjectRoutes } from './objects/objectRoutes.ts'
import { createS3Objects } from './objects/s3Objects.ts'
import type { S3Settings } from './objects/s3Objects.ts'
import { seedDemo } from './seedDemo.ts'
import { seedPeople } from './seedPeople.ts'
import type { SeedTokens } from './seedPeople.ts'
import { loadDataKeys } from './signing/dataKeys.ts'
import type { DataKeys } from './signing/dataKeys.ts'
import type { Subscription } from './webhooks/subscriptions.ts'
import { createWebhooks } from './webhooks/webhooks.ts'

export interface OrchestratorOptions {
  /** Keys, the SQLite database and objects. Started again on the same folder, everything is as it was. */
  dataDir: string
  /** PostgreSQL instead of SQLite in `dataDir`. */
  databaseUrl?: string | undefined
  host?: string
  /** 0, the default, takes a free one. */
  port?: number
  /** The address that granted URLs start with, when workstations come through a proxy. */
  publicUrl?: string
  /** `empty`: two people and no project. */
  seed?: 'demo' | 'empty'
  s3?: S3Settings | undefined
  webhooks?: readonly Subscription[]
  webhookRetryBaseMs?: number
  /** Milliseconds since 1970; tests move it. */
  now?: () => number
  /** Where log lines go; nowhere by default. */
  log?: Writable
}

/** A running orchestrator with what owners and tests do to it. */
export interface Orchestrator extends Admin, Inspection {
  readonly url: string
  readonly serverKeyId: string
  readonly serverPublicKey: string
  /** Tokens of the two people whom every orchestrator has. */
  readonly tokens: SeedTokens
  close(): Promise<void>
}

/** Starts an orchestrator on loopback and resolves when it answers. */
export async function createOrchestrator(options: OrchestratorOptions): Promise<Orchestrator> {
  const keys = loadDataKeys(options.dataDir)
  const { databaseUrl } = options
  const db = await openDatabase(databaseUrl ? { kind: 'postgres', url: databaseUrl } : { kind: 'sqlite', file: join(options.dataDir, 'orchestrator.db') })
  try {
    return await start(options, keys, db)
  } catch (error) {
    await db.destroy()
    throw error
  }
}

async function start(options: OrchestratorOptions, keys: DataKeys, db: Database): Promise<Orchestrator> {
  const { host = '127.0.0.1', port = 0, seed = 'empty', s3, now = Date.now } = options
  const server = createServer(now, options.log)
  const onError = (error: unknown) => server.log.error({ err: error }, 'webhooks failed')
  const webhooks = createWebhooks({ db, now, subscriptions: options.webhooks ?? [], retryBaseMs: options.webhookRetryBaseMs ?? 1_000, onError })
  let publicUrl = options.publicUrl
  const local = s3 ? undefined : createLocalObjects({ db, keys, now, folder: join(options.dataDir, 'objects'), publicUrl: () => publicUrl ?? '' })
  const objects = local ?? (await createS3Objects(s3 as S3Settings, now))
  const services: Services = { db, keys, objects, webhooks, storage: storageOf(s3), now }
  registerEndpoints(server, services)
  if (local) registerObjectRoutes(server, local, keys, now)
  const tokens = await seedPeople(services)
  if (seed === 'demo') await seedDemo(services)
  const url = await server.listen({ host, port })
  publicUrl ??= url
  webhooks.wake()
  const close = async () => {
    await server.close()
    await webhooks.stop()
    await db.destroy()
  }
  const { serverKeyId, serverPublicKey } = keys
  return { url, serverKeyId, serverPublicKey, tokens, close, ...createAdmin(services), ...createInspection(services) }
}

function storageOf(s3: S3Settings | undefined): Me['storage'] {
  if (!s3 || s3.workstations === 'presigned') return { kind: 'presigned' }
  const { endpoint, region, bucket, prefix, workstations } = s3
  return { kind: 's3', endpoint, region, bucket, prefix, credentials: workstations === 'session' ? 'session' : 'own' }
}
