import type { TaskId } from '../../shared/domain/ids.ts'
import { getAsset } from './db/repositories/assets.ts'
import { findTask } from './db/repositories/tasks.ts'
import type { WorkDatabase } from './db/sqlite.ts'
import type { CachedImages } from './tiles/cachedImages.ts'
import type { VerifyPorts } from './work/verifyWorkspace.ts'

/** The cached bytes of one task's image, or of all, as a verification checks them. What is damaged is dropped and fetched again. */
export function cachedObjects(db: WorkDatabase, images: CachedImages): VerifyPorts['objects'] {
  const cachedImageOf = (taskId: TaskId) => {
    const task = findTask(db, taskId)
    const asset = task && getAsset(db, task.assetId)
    return asset && images.describe(asset) ? asset : undefined
  }
  return {
    count: (taskId) => (taskId === undefined ? images.count() : cachedImageOf(taskId) ? 1 : 0),
    async verify(taskId, signal, onChecked) {
      if (taskId === undefined) return images.verify(signal, onChecked)
      const asset = cachedImageOf(taskId)
      if (!asset) return { checked: 0, damaged: [] }
      const sound = await images.readWhole(asset.sha256)
      return { checked: 1, damaged: sound ? [] : [asset.sha256] }
    },
  }
}
