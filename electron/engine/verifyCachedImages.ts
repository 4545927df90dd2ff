import type { TaskId } from '../../shared/domain/ids.ts'
import type { VerifyReport } from '../../shared/rpc/history.ts'
import { getAsset } from './db/repositories/assets.ts'
import { findTask } from './db/repositories/tasks.ts'
import type { WorkDatabase } from './db/sqlite.ts'
import type { CachedImages } from './tiles/cachedImages.ts'

/** Checks the cached bytes of one task's image, or of all, against their hashes. What is damaged is dropped and fetched again. */
export async function verifyCachedImages(db: WorkDatabase, images: CachedImages, taskId: TaskId | undefined, signal: AbortSignal): Promise<VerifyReport['objects']> {
  if (taskId === undefined) return images.verify(signal, () => undefined)
  const task = findTask(db, taskId)
  const asset = task && getAsset(db, task.assetId)
  if (!asset || !images.describe(asset)) return { checked: 0, damaged: [] }
  const sound = await images.readWhole(asset.sha256)
  return { checked: 1, damaged: sound ? [] : [asset.sha256] }
}
