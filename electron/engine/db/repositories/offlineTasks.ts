import type { AssetId, Instant } from '../../../../shared/domain/ids.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

interface OfflineTask { assetId: AssetId; bytes: number; isCached: boolean; isPyramid: boolean; dueAt: Instant | undefined }
interface Row { assetId: AssetId; bytes: number; ready: number; pyramid: number; dueAt: Instant | null }

/** The tasks that a person has still to work on, in queue order, with what is known of their images. Sizes in bytes. */
export function tasksToDo(db: WorkDatabase): OfflineTask[] {
  const rows = sql<Row>(db, `SELECT t.asset_id AS assetId, a.raw ->> '$.size' AS bytes, t.prefetch = 'ready' AS ready,
      coalesce(a.raw ->> '$.tileSource.kind', 'whole') <> 'whole' AS pyramid, t.due_at AS dueAt
    FROM tasks t CROSS JOIN assets a ON a.id = t.asset_id WHERE t.standing IN ('new', 'inProgress', 'returned') ORDER BY t.rank, t.due_key, t.arrival`).all()
  return rows.map(({ ready, pyramid, dueAt, ...row }) => ({ ...row, isCached: ready === 1, isPyramid: pyramid === 1, dueAt: dueAt ?? undefined }))
}

/** When tasks were submitted here since an instant, one for each submission. */
export function submittedSince(db: WorkDatabase, since: Instant): Instant[] {
  return sql<{ at: Instant }>(db, 'SELECT created_at AS at FROM submissions WHERE created_at >= ?').all(since).map(({ at }) => at)
}
