import { GrantSchema, DownloadGrantsSchema, SUBMISSION_MEDIA_TYPE } from '../../shared/api/messages.ts'
import type { AuditSegment, DeviceRegistration, Grant } from '../../shared/api/messages.ts'
import type { Asset } from '../../shared/domain/asset.ts'
import { objectKeyOf } from '../../shared/domain/asset.ts'
import type { OutboxItem } from '../../electron/engine/sync/ports.ts'

/** What it takes to talk to an orchestrator, and nothing that makes it safe: no time-outs, no retries, no checks of what arrives. */
export interface BareClient {
  register(device: DeviceRegistration): Promise<void>
  appendAudit(segment: AuditSegment): Promise<void>
  pull(cursor: string): Promise<void>
  /** Grant, bytes, commit: the requests of one submission. */
  submit(item: OutboxItem, bytes: Uint8Array): Promise<void>
  /** Grant and bytes of one image. */
  download(asset: Asset): Promise<ReadableStream<Uint8Array>>
}

export function createBareClient(server: { url: string; token: string }): BareClient {
  const get = async (path: string): Promise<unknown> => (await expectOk(await fetch(server.url + path, { headers: { authorization: `Bearer ${server.token}` } }))).json()
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' }
    return (await expectOk(await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) }))).json()
  }
  return {
    async register(device) {
      await get('/v1/me')
      await post('/v1/devices', device)
    },
    async appendAudit(segment) {
      await post('/v1/audit/segments', segment)
    },
    async pull(cursor) {
      await get(`/v1/pull?limit=500&cursor=${encodeURIComponent(cursor)}`)
    },
    async submit({ commit, sha256 }, bytes) {
      const grant = GrantSchema.parse(await post('/v1/grants/upload', { key: commit.objectKey, sha256, size: bytes.length, mediaType: SUBMISSION_MEDIA_TYPE }))
      const stored = await expectOk(await fetch(grant.url, { method: 'PUT', headers: grant.headers, body: Buffer.from(bytes) }))
      await stored.arrayBuffer()
      await post('/v1/submissions', commit)
    },
    async download(asset) {
      const { grants } = DownloadGrantsSchema.parse(await post('/v1/grants/download', { assetId: asset.id, keys: [objectKeyOf(asset.uri)] }))
      const { url, headers } = grants[0] as Grant
      const { body } = await expectOk(await fetch(url, { headers }))
      if (body === null) throw new Error('The image has no bytes')
      return body
    },
  }
}

/** Works through all items with so many at a time. */
export async function inParallel<T>(items: readonly T[], parallel: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items]
  await Promise.all(Array.from({ length: parallel }, async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item)
  }))
}

async function expectOk(response: Response): Promise<Response> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return response
}
