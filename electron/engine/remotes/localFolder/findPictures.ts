import { createHash } from 'node:crypto'
import { createReadStream, lstatSync } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { basename, extname, join, posix } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { AssetProblem } from '../../../../shared/domain/assetProblem.ts'
import { ObjectKeySchema, type PixelSize, type StoredPyramid } from '../../../../shared/domain/asset.ts'
import { COPIES_MARKER } from '../../../../shared/formats/copiesMarker.ts'
import { Sha256Schema, type Sha256 } from '../../../../shared/domain/ids.ts'
import { descriptorOfFolder, isDescriptor, isDescriptorName } from './tileSets/findTileSets.ts'

const MEDIA_TYPES: Partial<Record<string, string>> = {
  '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.png': 'image/png', '.webp': 'image/webp', '.gif': 'image/gif',
  '.avif': 'image/avif', '.tif': 'image/tiff', '.tiff': 'image/tiff',
}
/** Milliseconds for which a file must not have changed before it counts as completely written. */
const QUIET_MS = 1000
const ATTEMPTS = 5
const READ_BYTES = 1024 * 1024

/** Width and height in pixels as the image is shown. */
export interface PictureHeader {
  mediaType: string
  width: number
  height: number
}
/** Reads the header of an image file. @throws AssetProblem. */
export type ReadHeader = (file: string, signal: AbortSignal) => Promise<PictureHeader>

/** An image file as it was found; `path` is relative to the folder, with slashes; `size` in bytes. Of a pyramid they are those of its manifest. */
export interface FoundPicture extends PictureHeader {
  path: string
  size: number
  mtimeMs: number
  sha256: Sha256
  /** Set for a pyramid. */
  tileSource: StoredPyramid | undefined
  pixelSize: PixelSize | undefined
}

/** Whether a path (relative, with slashes) may be a picture of the project: an image or a pyramid by its name, nothing hidden, a valid object key. */
export function isPicturePath(path: string): boolean {
  return (extname(path).toLowerCase() in MEDIA_TYPES || isDescriptorName(path)) && !isHidden(path) && ObjectKeySchema.safeParse(path).success
}

/** Whether a file or one of its folders begins with a dot; so the workspace in `.fieldmark` is hidden too. */
export function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.'))
}

/**
 * All pictures of a folder at or below `top`, sorted as people count (2 before 10); a pyramid is one, named by its descriptor. Symbolic links are not
 * followed, and copies that an export made are left out.
 * @throws the file system's error when the folder itself cannot be read.
 */
export async function listPictures(folder: string, signal: AbortSignal, top = ''): Promise<string[]> {
  const found: string[] = []
  const waiting = [top]
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    signal.throwIfAborted()
    const entries = await entriesOf(folder, parent)
    if (parent !== '' && entries.some(({ name }) => name === COPIES_MARKER)) continue
    const descriptor = descriptorOfFolder(folder, parent === '' ? '.' : parent)
    if (descriptor !== undefined) {
      if (posix.dirname(descriptor) === (parent === '' ? '.' : parent)) found.push(descriptor)
      continue
    }
    for (const entry of entries) {
      const path = parent === '' ? entry.name : `${parent}/${entry.name}`
      if (entry.isDirectory() && !isHidden(path)) waiting.push(path)
      else if (entry.isFile() && isPicturePath(path) && (!isDescriptorName(path) || isDescriptor(folder, path))) found.push(path)
    }
  }
  return found.sort(new Intl.Collator('en', { numeric: true }).compare)
}

/** Whether a path lies in a folder of copies that an export made. The folder of the project itself is none, whatever is in it. */
export async function isCopy(folder: string, path: string): Promise<boolean> {
  for (let parent = path; parent !== '.'; parent = posix.dirname(parent)) {
    const isMarked = await lstat(join(folder, parent, COPIES_MARKER)).then(() => true, () => false)
    if (isMarked) return true
  }
  return false
}

/** Size and time of change of a plain file; undefined when there is none (any more). */
export async function statPicture(folder: string, path: string): Promise<{ size: number; mtimeMs: number } | undefined> {
  const found = await lstat(join(folder, path)).catch(() => undefined)
  return found?.isFile() ? { size: found.size, mtimeMs: found.mtimeMs } : undefined
}

/** Whether there is a folder, and not a link to one. */
export async function isFolder(folder: string, path: string): Promise<boolean> {
  return lstat(join(folder, path)).then((found) => found.isDirectory(), () => false)
}

/** Whether the file is there, asked while nothing else may happen. */
export function isThere(folder: string, path: string): boolean {
  return lstatSync(join(folder, path), { throwIfNoEntry: false })?.isFile() ?? false
}

/**
 * Hashes a picture and reads its header. A file that changes meanwhile is read again; undefined when it goes on changing or is gone. An image that
 * cannot be read gets the size 1 x 1: it becomes a task all the same, and the reason is found when it is fetched.
 */
export async function identifyPicture(folder: string, path: string, readHeader: ReadHeader, signal: AbortSignal): Promise<FoundPicture | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await statPicture(folder, path)
    if (before === undefined) return undefined
    const quietFor = Date.now() - before.mtimeMs
    if (quietFor >= 0 && quietFor < QUIET_MS) await delay(QUIET_MS - quietFor, undefined, { signal })
    const [sha256, header] = [await hashFile(join(folder, path), before.size, signal), await headerOf(join(folder, path), readHeader, signal)]
    const after = await statPicture(folder, path)
    if (sha256 !== undefined && after?.size === before.size && after.mtimeMs === before.mtimeMs) return { path, ...before, sha256, ...header, tileSource: undefined, pixelSize: undefined }
  }
  return undefined
}

async function entriesOf(folder: string, parent: string) {
  try {
    return await readdir(join(folder, parent), { withFileTypes: true })
  } catch (error) {
    // A folder inside may vanish or be closed to us; without the folder itself there is no project.
    if (parent === '') throw error
    return []
  }
}

async function hashFile(file: string, size: number, signal: AbortSignal): Promise<Sha256 | undefined> {
  const hash = createHash('sha256')
  try {
    // Thousands of small files with large buffers would keep the garbage collector busy.
    for await (const part of createReadStream(file, { highWaterMark: Math.min(READ_BYTES, size + 1), signal })) hash.update(part as Buffer)
  } catch {
    signal.throwIfAborted()
    return undefined
  }
  return Sha256Schema.parse(hash.digest('hex'))
}

async function headerOf(file: string, readHeader: ReadHeader, signal: AbortSignal): Promise<PictureHeader> {
  try {
    return await readHeader(file, signal)
  } catch (error) {
    if (!(error instanceof AssetProblem)) throw error
    return { mediaType: MEDIA_TYPES[extname(basename(file)).toLowerCase()] ?? 'application/octet-stream', width: 1, height: 1 }
  }
}
