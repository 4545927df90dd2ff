import { z } from 'zod'
import { InstantSchema } from '../domain/ids.ts'

/** A backup of the work database; `sound`: it passed its integrity check. */
export const BackupRowSchema = z.object({ name: z.string(), at: InstantSchema, bytes: z.number(), sound: z.boolean() })
export type BackupRow = z.infer<typeof BackupRowSchema>

/** What was done since a backup was made: tasks edited and not submitted, and results that the orchestrator does not hold, or does. */
export const WorkSinceSchema = z.object({ edited: z.int().nonnegative(), unsent: z.int().nonnegative(), sent: z.int().nonnegative() })
export type WorkSince = z.infer<typeof WorkSinceSchema>

const DatabaseReportSchema = z.object({
  name: z.string(), path: z.string(), bytes: z.number(), logBytes: z.number(),
  /** How far its tables were migrated, and how far this program can. */
  schema: z.object({ version: z.int(), newest: z.int() }),
  settings: z.record(z.string(), z.string()),
  /** Tables and how many rows they hold; -1 for one that cannot be read. */
  rows: z.record(z.string(), z.int()),
  integrity: z.object({ state: z.enum(['sound', 'damaged', 'unchecked']), findings: z.array(z.string()) }),
})

/** One line of the log: what went wrong where. */
export const LogLineSchema = z.object({ at: InstantSchema, source: z.string(), message: z.string() })
export type LogLine = z.infer<typeof LogLineSchema>

/** How good the way to the orchestrator was of late; times in milliseconds. */
const LinkReportSchema = z.object({
  roundTrips: z.array(z.object({ at: InstantSchema, what: z.string(), ms: z.number(), ok: z.boolean() })),
  /** From 0 to 1; undefined before anything was asked. */
  successRate: z.number().optional(),
  /** Of images that arrived, measured while waiting for them. */
  bytesPerSecond: z.number().optional(),
})
export type LinkReport = z.infer<typeof LinkReportSchema>

/** Everything that support asks first. It holds no secrets, no labels and nothing of the images. */
export const DiagnosticsReportSchema = z.object({
  at: InstantSchema,
  versions: z.record(z.string(), z.string()),
  system: z.object({ platform: z.string(), release: z.string(), arch: z.string(), cpus: z.int(), memoryBytes: z.number(), freeMemoryBytes: z.number(), freeDiskBytes: z.number() }),
  workspace: z.object({ kind: z.enum(['orchestrator', 'folder']), source: z.string(), location: z.string(), user: z.string(), device: z.string(), auditEpochs: z.int(), access: z.enum(['write', 'stopped', 'viewOnly']) }),
  /** How the system keeps secrets, as Electron names it; undefined on the command line. */
  keyring: z.string().optional(),
  database: DatabaseReportSchema,
  queue: z.object({ phase: z.string(), waiting: z.int(), dead: z.int(), oldestAt: InstantSchema.optional(), auditBacklog: z.int(), lastSyncAt: InstantSchema.optional() }),
  /** Milliseconds to add to the clock here to get the server's; 0 while it is not known. */
  clockOffsetMs: z.number(),
  link: LinkReportSchema,
  cache: z.object({ usedBytes: z.number(), budgetBytes: z.number() }),
  backups: z.array(BackupRowSchema),
  errors: z.array(LogLineSchema),
})
export type DiagnosticsReport = z.infer<typeof DiagnosticsReportSchema>
