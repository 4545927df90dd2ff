import type { CredentialSource, GrantSource, Orchestrator } from '../sync/ports.ts'
import type { DeviceId, TaskId } from '../../../shared/domain/ids.ts'
import type { Lease } from '../../../shared/domain/task.ts'
import { PullEnvelopeSchema } from '../../../shared/api/records.ts'
import { createApiClient, type ApiOptions } from './apiClient.ts'
import { siftPage } from './siftPage.ts'

/** Changes asked for at once: a page is one local transaction, and the window waits for none longer than this takes. */
const PULL_LIMIT = 500
const AUDIT_LIMIT = 500

/** `lease` names the device that asks, so that a person's two devices are told apart. */
export interface FieldmarkApi extends Orchestrator, GrantSource, CredentialSource { lease(taskId: TaskId, signal: AbortSignal, device?: DeviceId): Promise<Lease> }

/** The orchestrator that speaks the Fieldmark API, which also grants the addresses of objects. */
export function createFieldmarkApi(options: ApiOptions): FieldmarkApi {
  const api = createApiClient(options)
  return {
    register: (device, signal) => api.call('registerDevice', { body: device }, signal),
    me: (signal) => api.call('me', {}, signal),
    pull: async (cursor, signal) => siftPage(await api.read('pull', PullEnvelopeSchema, { query: { cursor, limit: String(PULL_LIMIT) } }, signal)),
    lease: (taskId, signal, device) => api.call('lease', { params: { taskId }, body: { device } }, signal),
    submit: (commit, signal) => api.call('submit', { body: commit, idempotencyKey: commit.submissionId }, signal),
    state: (commit, signal) => api.call('state', { body: commit }, signal),
    appendAudit: (segment, signal) => api.call('appendAudit', { body: segment }, signal),
    auditFeed: (cursor, signal) => api.call('auditFeed', { query: { cursor, limit: String(AUDIT_LIMIT) } }, signal),
    clockOffsetMs: () => api.clockOffsetMs(),
    storageCredentials: (signal) => api.call('storageCredentials', {}, signal),
    grantUpload: (request, signal) => api.call('grantUpload', { body: request }, signal),
    grantDownload: async (request, signal) => (await api.call('grantDownload', { body: request }, signal)).grants,
  }
}
