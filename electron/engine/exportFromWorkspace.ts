import { resolve } from 'node:path'
import type { Asset } from '../../shared/domain/asset.ts'
import type { ParsedRequestOf, ResponseOf } from '../../shared/rpc/channels.ts'
import type { WorkspaceSource } from '../../shared/rpc/engineControl.ts'
import { RpcError } from '../../shared/rpc/errors.ts'
import { isViewOnly } from './db/open.ts'
import { inTransaction } from './db/transaction.ts'
import type { CachedImages } from './tiles/cachedImages.ts'
import { appendAudit } from './work/appendAudit.ts'
import type { WorkContext } from './work/context.ts'
import { exportDetails, exportLabels } from './work/exportLabels.ts'
import { workspaceExportSource } from './work/exportLabelsSource.ts'

/** Writes labels of the workspace into a folder and notes in the audit log that they left, where that can be written. @throws as exportLabels; RpcError conflict for a project's own folder. */
export async function exportFromWorkspace(
  context: WorkContext, source: WorkspaceSource, images: Pick<CachedImages, 'readWhole'>, request: ParsedRequestOf<'export.run'>, signal: AbortSignal, onProgress: (done: number, total: number) => void,
): Promise<ResponseOf<'export.run'>> {
  // Its classes.txt says what may be labelled; that of an export would take its place.
  if (source.kind === 'folder' && resolve(source.path) === resolve(request.directory)) {
    throw new RpcError('conflict', 'This is the folder of the pictures. Choose another one, or a new folder in it')
  }
  const readImage = async (asset: Asset) => (await images.readWhole(asset.sha256))?.bytes
  const result = await exportLabels(workspaceExportSource(context.db, request, readImage), request, signal, onProgress)
  if (!isViewOnly(context.db)) inTransaction(context.db, () => { appendAudit(context, 'exported', { actor: context.userId, details: exportDetails(request, result) }) })
  return result
}
