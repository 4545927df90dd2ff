import { z } from 'zod'
import { AuditReceiptSchema } from '../domain/auditEvent.ts'
import { SchemaHashSchema, SubmissionIdSchema, TaskIdSchema } from '../domain/ids.ts'
import { ProjectSchema } from '../domain/project.ts'
import { ReceiptSchema } from '../domain/receipt.ts'
import { StatementReceiptSchema } from '../domain/statement.ts'
import { LeaseSchema } from '../domain/task.ts'
import { AuditFeedSchema, AuditSegmentSchema, DeviceRegistrationSchema, DownloadGrantRequestSchema, DownloadGrantsSchema, GrantSchema, LeaseRequestSchema, MeSchema, RegistrationAnswerSchema, StatementCommitSchema, StorageCredentialsSchema, SubmissionCommitSchema, UploadGrantRequestSchema } from './messages.ts'
import { PullPageSchema } from './records.ts'

/**
 * The orchestration API, version 1: the one source of the server's routes, the client's calls and the OpenAPI document.
 * All but the presigned object URLs want `Authorization: Bearer <token>`; every error is a problem document (see problem.ts).
 */
export const ENDPOINTS = {
  registerDevice: { method: 'POST', path: '/v1/devices', summary: 'Register a workstation and its public key', body: DeviceRegistrationSchema, response: RegistrationAnswerSchema },
  me: { method: 'GET', path: '/v1/me', summary: 'Who the token belongs to and how objects travel', response: MeSchema },
  listProjects: { method: 'GET', path: '/v1/projects', summary: 'Projects that the person works in', response: z.object({ projects: z.array(ProjectSchema) }) },
  getLabelSchema: { method: 'GET', path: '/v1/label-schemas/{hash}', summary: 'One immutable version of a label schema', params: z.object({ hash: SchemaHashSchema }), response: z.unknown() },
  pull: {
    method: 'GET', path: '/v1/pull', summary: 'Changes since a cursor, in server order, with tombstones; somebody who is given other roles is sent what they may see from then on',
    query: z.object({ cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(1000).default(500) }),
    response: PullPageSchema,
  },
  lease: { method: 'POST', path: '/v1/tasks/{taskId}/lease', summary: 'Take or renew the lease of a task', params: z.object({ taskId: TaskIdSchema }), body: LeaseRequestSchema, response: LeaseSchema },
  grantUpload: { method: 'POST', path: '/v1/grants/upload', summary: 'A presigned PUT for one object', body: UploadGrantRequestSchema, response: GrantSchema },
  grantDownload: { method: 'POST', path: '/v1/grants/download', summary: 'Presigned GETs for the objects of one asset', body: DownloadGrantRequestSchema, response: DownloadGrantsSchema },
  storageCredentials: { method: 'GET', path: '/v1/storage/credentials', summary: 'Temporary keys of the storage, where workstations use such', response: StorageCredentialsSchema },
  submit: { method: 'POST', path: '/v1/submissions', summary: 'Commit a submission whose bytes are stored (idempotent)', body: SubmissionCommitSchema, response: ReceiptSchema },
  getReceipt: { method: 'GET', path: '/v1/submissions/{submissionId}', summary: 'The receipt of a submission', params: z.object({ submissionId: SubmissionIdSchema }), response: ReceiptSchema },
  state: { method: 'POST', path: '/v1/statements', summary: 'Commit a review of a revision or a comment (idempotent)', body: StatementCommitSchema, response: StatementReceiptSchema },
  appendAudit: { method: 'POST', path: '/v1/audit/segments', summary: 'Append audit entries of a device', body: AuditSegmentSchema, response: AuditReceiptSchema },
  auditFeed: {
    method: 'GET', path: '/v1/audit', summary: 'Audit entries of the people whom a reviewer shares projects with, in order of arrival',
    query: z.object({ cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(1000).default(500) }),
    response: AuditFeedSchema,
  },
} as const

export type EndpointName = keyof typeof ENDPOINTS
