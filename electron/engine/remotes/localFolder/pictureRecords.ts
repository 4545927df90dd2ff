import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { AssetSchema, type Asset } from '../../../../shared/domain/asset.ts'
import { AssetIdSchema, ProjectIdSchema, TaskIdSchema, UserIdSchema, type AssetId, type TaskId } from '../../../../shared/domain/ids.ts'
import { TaskSchema, type Task } from '../../../../shared/domain/task.ts'
import type { Picture } from './catalog.ts'
import type { FoundPicture } from './findPictures.ts'
import { pictureKey } from './pictureKeys.ts'
import { isDescriptorName } from './tileSets/findTileSets.ts'

/** The one project of a folder, and the one person who works on it. */
export const LOCAL_PROJECT = ProjectIdSchema.parse('local-folder')
export const LOCAL_USER = UserIdSchema.parse('local')

const MAX_NAME = 500

/** Ids that follow from a picture's path and bytes, so that every workspace over the same folder gives the same ones; `copy` tells later ones apart. */
export function idsOf({ path, sha256 }: FoundPicture, copy: number): { assetId: AssetId; taskId: TaskId } {
  const digest = createHash('sha256').update(`${path}\0${sha256}\0${copy}`).digest('hex').slice(0, 32)
  return { assetId: AssetIdSchema.parse(`asset-${digest}`), taskId: TaskIdSchema.parse(`task-${digest}`) }
}

export function assetOf({ assetId, path, sha256, size, width, height, mediaType, tileSource, pixelSize }: Picture): Asset {
  const key = tileSource === undefined ? pictureKey(path) : tileSource.manifestKey
  return AssetSchema.parse({ id: assetId, projectId: LOCAL_PROJECT, name: nameOf(path), uri: `object:${key}`, sha256, size, width, height, mediaType, tileSource, pixelSize })
}

export function taskOf({ taskId, assetId, schemaHash, path, headRevision }: Picture): Task {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : undefined
  return TaskSchema.parse({
    id: taskId, projectId: LOCAL_PROJECT, assetId, schemaHash, assignee: LOCAL_USER,
    state: headRevision === null ? 'assigned' : 'submitted',
    headRevision: headRevision ?? undefined,
    tags: folder === undefined ? {} : { folder: nameOf(folder) },
  })
}

/** Names are for people alone, so file systems that spell letters apart (NFD) make no difference. A pyramid in a folder of its own is called like that. */
function nameOf(path: string): string {
  const named = isDescriptorName(path) && !path.endsWith('.dzi') && path.includes('/') ? posix.dirname(path) : path
  return named.normalize('NFC').slice(-MAX_NAME)
}
