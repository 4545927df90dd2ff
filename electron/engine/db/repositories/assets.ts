import { AssetSchema } from '../../../../shared/domain/asset.ts'
import type { Asset } from '../../../../shared/domain/asset.ts'
import type { AssetId, Sha256, TaskId } from '../../../../shared/domain/ids.ts'
import { TaskProblemSchema } from '../../../../shared/domain/task.ts'
import type { TaskProblem } from '../../../../shared/domain/task.ts'
import type { PrefetchState } from '../../../../shared/rpc/taskRows.ts'
import { fromJson, fromNullableJson } from '../json.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Standings of tasks that a person may still work on, and so needs the image of; an SQL list. */
export const ACTIVE_STANDINGS = `('new', 'inProgress', 'queued', 'refused', 'returned')`

/** Holds for a task `t` whose image is needed here: to be worked on, or to be reviewed. */
const NEEDS_IMAGE = `(t.standing IN ${ACTIVE_STANDINGS} OR (t.standing = 'observed' AND t.state = 'submitted'))`

/** Stores an asset as it was received, unless a later change is held already; other bytes than before must be fetched anew. */
export function putAsset(db: WorkDatabase, asset: Asset, seq: number): void {
  const before = sql<{ raw: string; seq: number }>(db, 'SELECT raw, seq FROM assets WHERE id = ?').get(asset.id)
  if (before !== undefined && before.seq >= seq) return
  sql(db, `INSERT INTO assets (id, raw, seq) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET raw = excluded.raw, seq = excluded.seq`).run(asset.id, JSON.stringify(asset), seq)
  if (before !== undefined && fromJson(AssetSchema, before.raw).sha256 !== asset.sha256) setAssetPrefetch(db, asset.id, 'missing')
}

/** Forgets an asset that no task here shows. */
export function dropUnusedAsset(db: WorkDatabase, id: AssetId): void {
  sql(db, 'DELETE FROM assets WHERE id = ? AND NOT EXISTS (SELECT 1 FROM tasks WHERE asset_id = assets.id)').run(id)
}

export function getAsset(db: WorkDatabase, id: AssetId): Asset | undefined {
  const row = sql<{ raw: string }>(db, 'SELECT raw FROM assets WHERE id = ?').get(id)
  return fromNullableJson(AssetSchema, row?.raw ?? null)
}

/** The media type of the image with these bytes, as its record says. */
export function mediaTypeOf(db: WorkDatabase, sha256: Sha256): string | undefined {
  return sql<{ type: string }>(db, `SELECT raw ->> '$.mediaType' AS type FROM assets WHERE sha256 = ? LIMIT 1`).get(sha256)?.type
}

/** What keeps the image from being shown. */
export function assetProblem(db: WorkDatabase, id: AssetId): TaskProblem | undefined {
  const row = sql<{ problem: string | null }>(db, 'SELECT problem FROM assets WHERE id = ?').get(id)
  return fromNullableJson(TaskProblemSchema, row?.problem ?? null)
}

/** Says how far an image is in the cache, for the asset and every task that shows it. An unknown asset is no error: it may be gone by now. */
export function setAssetPrefetch(db: WorkDatabase, id: AssetId, prefetch: PrefetchState, problem?: TaskProblem): void {
  sql(db, 'UPDATE assets SET prefetch = ?, problem = ? WHERE id = ?').run(prefetch, problem === undefined ? null : JSON.stringify(problem), id)
  sql(db, 'UPDATE tasks SET prefetch = ? WHERE asset_id = ? AND prefetch <> ?').run(prefetch, id, prefetch)
}

/** After a start nothing is being fetched, whatever a killed process left written. */
export function resetInterruptedFetches(db: WorkDatabase): void {
  sql(db, `UPDATE assets SET prefetch = 'missing' WHERE prefetch = 'fetching'`).run()
  sql(db, `UPDATE tasks SET prefetch = 'missing' WHERE prefetch = 'fetching'`).run()
}

/** Assets of tasks to be worked on or reviewed, whose image is missing, in queue order, each once; only the given ones, if they are given. */
export function assetsToPrefetch(db: WorkDatabase, limit: number, only?: ReadonlySet<AssetId>): Asset[] {
  const found = new Map<AssetId, Asset>()
  const inQueueOrder = sql<{ id: AssetId; raw: string }>(db, `SELECT a.id, a.raw FROM tasks t CROSS JOIN assets a ON a.id = t.asset_id
    WHERE t.prefetch = 'missing' AND ${NEEDS_IMAGE} ORDER BY t.rank, t.due_key, t.arrival`)
  for (const { id, raw } of inQueueOrder.iterate()) {
    if (found.size >= limit) break
    if (!found.has(id) && (only?.has(id) ?? true)) found.set(id, fromJson(AssetSchema, raw))
  }
  return [...found.values()]
}

/** Whether a task to be worked on or reviewed shows the asset: then the cache must not drop it. */
export function isAssetNeeded(db: WorkDatabase, id: AssetId): boolean {
  return sql(db, `SELECT 1 FROM tasks t WHERE t.asset_id = ? AND ${NEEDS_IMAGE} LIMIT 1`).get(id) !== undefined
}

/** Whether an active task shows an image with these bytes. */
export function isImageNeeded(db: WorkDatabase, sha256: Sha256): boolean {
  return assetsWithBytes(db, sha256).some((id) => isAssetNeeded(db, id))
}

/** The assets that have these bytes; the same picture may be in several projects. */
export function assetsWithBytes(db: WorkDatabase, sha256: Sha256): AssetId[] {
  return sql<{ id: AssetId }>(db, 'SELECT id FROM assets WHERE sha256 = ?').all(sha256).map(({ id }) => id)
}

/** The images that count as cached. */
export function readyImages(db: WorkDatabase): Sha256[] {
  return sql<{ sha256: Sha256 }>(db, `SELECT DISTINCT sha256 FROM assets WHERE prefetch = 'ready'`).all().map(({ sha256 }) => sha256)
}

/** The tasks that show an asset. */
export function tasksOfAsset(db: WorkDatabase, id: AssetId): TaskId[] {
  return sql<{ id: TaskId }>(db, 'SELECT id FROM tasks WHERE asset_id = ?').all(id).map((row) => row.id)
}
