import { z } from 'zod'
import { InstantSchema, StatementIdSchema, SubmissionIdSchema, TaskIdSchema, UserIdSchema } from '../../../../shared/domain/ids.ts'
import type { Instant, StatementId, SubmissionId, TaskId, UserId } from '../../../../shared/domain/ids.ts'
import { RoleSchema } from '../../../../shared/domain/role.ts'
import type { Role } from '../../../../shared/domain/role.ts'
import { SettingsSchema } from '../../../../shared/rpc/workspace.ts'
import type { Settings } from '../../../../shared/rpc/workspace.ts'
import { fromNullableJson } from '../json.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Single values of the workspace. `pull` is the cursor; `serverEpoch` outlives it when a new epoch starts. */
interface Meta {
  user: { id: UserId; name: string; roles: Role[] }
  /** What the person chose; what they did not is left out. */
  settings: Partial<Settings>
  pull: { epoch: string; cursor: string }
  /** How far the audit entries of others were read. */
  auditFeed: { cursor: string }
  serverEpoch: string
  workOffline: boolean
  lastSync: { at: Instant }
  /** The program that had the workspace open last. */
  appVersion: string
  /** A pull brought records that this program could not read. */
  hasRefusedRecords: boolean
  /** What was not with the orchestrator when all of that was exported last. */
  exportedUnsent: { submissions: SubmissionId[]; statements: StatementId[]; drafts: { taskId: TaskId; journalSeq: number }[]; at: Instant }
}

const SCHEMAS: { [K in keyof Meta]: z.ZodType<Meta[K]> } = {
  user: z.object({ id: UserIdSchema, name: z.string(), roles: z.array(RoleSchema).default(['annotator']) }),
  settings: SettingsSchema.partial(),
  pull: z.object({ epoch: z.string(), cursor: z.string() }),
  auditFeed: z.object({ cursor: z.string() }),
  serverEpoch: z.string(),
  workOffline: z.boolean(),
  lastSync: z.object({ at: InstantSchema }),
  appVersion: z.string(),
  hasRefusedRecords: z.boolean(),
  exportedUnsent: z.object({ submissions: z.array(SubmissionIdSchema), statements: z.array(StatementIdSchema).default([]), drafts: z.array(z.object({ taskId: TaskIdSchema, journalSeq: z.int() })), at: InstantSchema }),
}

/** A value of the workspace, or undefined when it was never set. */
export function readMeta<K extends keyof Meta>(db: WorkDatabase, key: K): Meta[K] | undefined {
  const row = sql<{ value: string }>(db, 'SELECT value FROM meta WHERE key = ?').get(key)
  const schema: z.ZodType<Meta[K]> = SCHEMAS[key]
  return fromNullableJson(schema, row?.value ?? null)
}

export function writeMeta<K extends keyof Meta>(db: WorkDatabase, key: K, value: Meta[K]): void {
  sql(db, 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(key, JSON.stringify(value))
}

export function forgetMeta(db: WorkDatabase, key: keyof Meta): void {
  sql(db, 'DELETE FROM meta WHERE key = ?').run(key)
}
