import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import type { Sha256 } from '../../../shared/domain/ids.ts'
import type { TaskProblem } from '../../../shared/domain/task.ts'
import { assetsWithBytes, readyImages, setAssetPrefetch, tasksOfAsset } from '../db/repositories/assets.ts'
import { inTransaction } from '../db/transaction.ts'
import { appendAudit } from './appendAudit.ts'
import type { WorkContext } from './context.ts'

/** Notes that images can be opened without a network now. */
export function noteImagesReady(context: WorkContext, assets: readonly Asset[]): void {
  inTransaction(context.db, () => { for (const { id } of assets) setAssetPrefetch(context.db, id, 'ready') })
  tellOf(context, assets.map(({ id }) => id))
}

/** Notes on the tasks of an image why it could not be had. What another attempt may mend stays to be fetched; an image that is bad for good does not. */
export function noteImageFailure(context: WorkContext, asset: Asset, error: unknown): void {
  const problem = problemOf(error)
  if (problem === undefined) return
  const isForGood = error instanceof AssetProblem && problem.code !== 'diskFull'
  inTransaction(context.db, () => {
    setAssetPrefetch(context.db, asset.id, isForGood ? 'failed' : 'missing', problem)
    if (isForGood) appendAudit(context, 'imageRejected', { details: { assetId: asset.id, sha256: asset.sha256, code: problem.code } })
  })
  tellOf(context, [asset.id])
}

/** Notes that cached bytes were damaged or deleted, so that they are fetched again. */
export function noteImagesLost(context: WorkContext, images: readonly Sha256[]): void {
  const assets = images.flatMap((sha256) => assetsWithBytes(context.db, sha256))
  if (assets.length === 0) return
  inTransaction(context.db, () => { for (const id of assets) setAssetPrefetch(context.db, id, 'missing') })
  tellOf(context, assets)
}

/** Brings what the queue says of images in line with a cache that may have been deleted while the workspace was closed. */
export function checkReadyImages(context: WorkContext, isCached: (sha256: Sha256) => boolean): void {
  noteImagesLost(context, readyImages(context.db).filter((sha256) => !isCached(sha256)))
}

function problemOf(error: unknown): TaskProblem | undefined {
  if (error instanceof AssetProblem) return error.problem
  if (!(error instanceof RemoteError)) return undefined
  if (error.failure.kind === 'corrupt') return { code: 'imageHashMismatch', detail: error.message }
  if (error.failure.kind === 'notFound') return { code: 'imageMissing', detail: error.message }
  return undefined
}

function tellOf({ db, notify }: WorkContext, assetIds: readonly Asset['id'][]): void {
  for (const assetId of assetIds) notify('asset.changed', { assetId })
  notify('tasks.changed', { taskIds: assetIds.flatMap((id) => tasksOfAsset(db, id)) })
}
