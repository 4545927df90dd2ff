import { z } from 'zod'
import type { Instant, TaskId } from '../../../../shared/domain/ids.ts'
import { NoticeCodeSchema } from '../../../../shared/rpc/coordination.ts'
import type { NoticeCode, NoticeRow } from '../../../../shared/rpc/coordination.ts'
import { fromJson } from '../json.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Something that a person should know of. `details` are for the text that tells it. */
export interface NewNotice { code: NoticeCode; taskId?: TaskId | undefined; details: Readonly<Record<string, string | number>> }

/** So many are shown; the oldest first. */
const MOST_SHOWN = 200

/** Notes what a person should know, or brings up to date what is noted of the same already and was not dismissed. */
export function putNotice(db: WorkDatabase, { code, taskId, details }: NewNotice, at: Instant): void {
  const { changes } = sql(db, 'UPDATE notices SET details = ?, at = ? WHERE code = ? AND task_id IS ? AND dismissed_at IS NULL').run(JSON.stringify(details), at, code, taskId ?? null)
  if (changes === 0) sql(db, 'INSERT INTO notices (code, task_id, details, at) VALUES (?, ?, ?, ?)').run(code, taskId ?? null, JSON.stringify(details), at)
}

/** What was not dismissed, oldest first. */
export function openNotices(db: WorkDatabase): NoticeRow[] {
  const rows = sql<{ number: number; code: string; taskId: TaskId | null; name: string | null; details: string; at: Instant }>(db,
    `SELECT n.number, n.code, n.task_id AS taskId, t.name, n.details, n.at FROM notices n LEFT JOIN tasks t ON t.id = n.task_id
      WHERE n.dismissed_at IS NULL ORDER BY n.number LIMIT ?`).all(MOST_SHOWN)
  return rows.map(({ code, taskId, name, details, ...row }) => ({
    ...row, code: NoticeCodeSchema.parse(code), details: fromJson(z.record(z.string(), z.union([z.string(), z.number()])), details), ...(taskId !== null && { taskId, name: name ?? taskId }),
  }))
}

/** The person has seen a notice, or all of them. */
export function dismissNotices(db: WorkDatabase, at: Instant, number?: number): void {
  sql(db, 'UPDATE notices SET dismissed_at = ? WHERE dismissed_at IS NULL AND number = coalesce(?, number)').run(at, number ?? null)
}
