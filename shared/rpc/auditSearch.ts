import { z } from 'zod'
import { AuditReceiptSchema } from '../domain/auditEvent.ts'
import { InstantSchema, TaskIdSchema } from '../domain/ids.ts'
import { AuditFaultSchema, AuditFindingsSchema } from './history.ts'

/** Which events are wanted; an empty list is all of them. `actors` has '' for what no person did. From `since`, before `until`. */
export const AuditFilterSchema = z.object({
  actors: z.array(z.string()).max(100).default([]),
  devices: z.array(z.string()).max(100).default([]),
  types: z.array(z.string()).max(100).default([]),
  taskId: TaskIdSchema.optional(),
  since: InstantSchema.optional(),
  until: InstantSchema.optional(),
})
export type AuditFilter = z.infer<typeof AuditFilterSchema>

/** The place of an event among all devices' events: by time, then device, epoch and number. */
export const AuditKeySchema = z.object({ wall: z.string(), device: z.string(), epoch: z.int(), seq: z.int() })
export type AuditKey = z.infer<typeof AuditKeySchema>

/** One event of a device's chain. Nothing of it is believed here: a tampered log is shown too. `fault`: what was wrong with it when it came from another device. */
export const AuditEventSchema = AuditKeySchema.extend({
  type: z.string(), actor: z.string().optional(), taskId: z.string().optional(), taskName: z.string().optional(), hash: z.string(), acknowledged: z.boolean(),
  fault: AuditFaultSchema.shape.kind.optional(),
})
export type AuditEvent = z.infer<typeof AuditEventSchema>

/** Newest first; `next` is where the following page begins, if there is one. */
export const AuditPageSchema = z.object({ events: z.array(AuditEventSchema), next: AuditKeySchema.optional() })
export type AuditPage = z.infer<typeof AuditPageSchema>

/** What the log can be filtered by. `owner` and `name` are told of the devices of others. */
export const AuditFacetsSchema = z.object({
  total: z.int(), actors: z.array(z.string()), types: z.array(z.string()),
  devices: z.array(z.object({ device: z.string(), isThis: z.boolean(), owner: z.string().optional(), name: z.string().optional() })),
})
export type AuditFacets = z.infer<typeof AuditFacetsSchema>

export const AuditPlaceSchema = z.object({ device: z.string(), epoch: z.int(), seq: z.int() })
export type AuditPlace = z.infer<typeof AuditPlaceSchema>

/**
 * All that speaks for one event: the fields that its hash covers, what of it holds when it is checked now, and the server's receipt for a part of the chain
 * that it belongs to: `reached` says whether the entries from here to the receipt's head follow each other.
 */
export const AuditProofSchema = z.object({
  entry: AuditKeySchema.extend({
    prev: z.string(), type: z.string(), payload: z.string(), payloadHash: z.string(), monotonicMs: z.number(), hash: z.string(), signature: z.string(),
  }),
  publicKey: z.string(),
  taskName: z.string().optional(),
  checks: z.object({ payload: z.boolean(), hash: z.boolean(), link: z.boolean(), signature: z.boolean() }),
  receipt: z.object({ record: AuditReceiptSchema, serverKey: z.string().optional(), signed: z.boolean(), reached: z.boolean() }).optional(),
  previous: z.int().optional(),
  next: z.int().optional(),
})
export type AuditProof = z.infer<typeof AuditProofSchema>

/** What a file was found to be, and what is wrong in it. */
export const AuditFileFindingsSchema = AuditFindingsSchema.extend({ kind: z.enum(['export', 'database']) })
