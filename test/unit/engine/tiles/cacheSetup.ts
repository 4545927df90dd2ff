import { createHash } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { AssetSchema, type Asset } from '../../../../shared/domain/asset.ts'
import { Sha256Schema, type Sha256 } from '../../../../shared/domain/ids.ts'
import type { TaskProblem } from '../../../../shared/domain/task.ts'
import { WorkspaceAssetCache } from '../../../../electron/engine/tiles/assetCache.ts'
import { ImageDecoder } from '../../../../electron/engine/tiles/imageDecoder.ts'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'

export const signal = new AbortController().signal
export const ignore = () => undefined

export function sha256Of(bytes: Uint8Array): Sha256 {
  return Sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
}

/** An asset as an orchestrator describes it, kept under the key `images/<name>`. */
export function assetOf(bytes: Uint8Array, width: number, height: number, more: Partial<Asset> = {}): Asset {
  const name = more.name ?? 'photo.jpg'
  return AssetSchema.parse({
    id: `asset-${name}`, projectId: 'project', name, uri: `object:images/${name}`, sha256: sha256Of(bytes), size: bytes.length, width, height, mediaType: 'image/jpeg', ...more,
  })
}

/** An open cache that ends with the test, and what it reported. */
export function openCache(options: { workspaceDir?: string; budgetBytes?: number; needed?: Set<Sha256>; onPartial?: (asset: Asset) => void } = {}) {
  const workspaceDir = options.workspaceDir ?? temporaryFolder()
  const decoders = { headers: new ImageDecoder(), pixels: new ImageDecoder() }
  const problems: TaskProblem[] = []
  const lost: Sha256[] = []
  const cache = new WorkspaceAssetCache({
    workspaceDir, decoders, budgetBytes: options.budgetBytes ?? 1e9,
    isNeeded: (sha256) => options.needed?.has(sha256) ?? false,
    onProblem: (_, problem) => problems.push(problem),
    onPartial: options.onPartial ?? ignore,
    onLost: (sha256) => lost.push(sha256),
  })
  let isOpen = true
  const close = async () => {
    if (!isOpen) return
    isOpen = false
    await cache.close()
    await Promise.all([decoders.headers.close(), decoders.pixels.close()])
  }
  onTestFinished(close)
  return { cache, workspaceDir, problems, lost, close }
}
