import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { link, lstat, mkdir, open, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { ObjectKey } from '../../../shared/domain/asset.ts'
import type { ObjectStore, PutRequest, ReadFrom } from '../sync/ports.ts'

const PART_BYTES = 256 * 1024

/**
 * Object storage in a folder: a key is a path below it. The folder must exist, so that an unplugged drive is not taken for an empty one.
 * Symbolic links below it are not followed.
 */
export function createFolderStore(folder: string): ObjectStore {
  const root = resolve(folder)
  return { put: (request, signal) => put(root, request, signal), get: (ref, signal, from) => get(root, ref.key, signal, from) }
}

async function put(root: string, request: PutRequest, signal: AbortSignal): Promise<'stored' | 'existed'> {
  const target = placeOf(root, request.key)
  const temporary = join(dirname(target), `.${randomUUID()}.part`)
  try {
    await requireFolder(root)
    await makeParents(root, target)
    await writeDurably(temporary, request.bytes, signal)
    // A link fails when the name is taken, where a rename would overwrite.
    await link(temporary, target)
    await syncFolder(dirname(target))
    return 'stored'
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw putFailure(error, request.key, signal)
  } finally {
    await rm(temporary, { force: true })
  }
  if ((await hashOf(root, request.key, signal)) === request.sha256) return 'existed'
  throw new RemoteError({ kind: 'conflict', status: 0, code: 'otherBytes' }, `The folder holds other bytes under ${request.key}`)
}

async function* get(root: string, key: ObjectKey, signal: AbortSignal, from?: ReadFrom): AsyncGenerator<Uint8Array> {
  const file = await openForReading(root, key, signal)
  try {
    const { size, mtimeMs, ino } = await file.stat()
    const version = `${ino}-${mtimeMs}-${size}`
    let position = from && from.offset <= size && (from.version ?? version) === version ? from.offset : 0
    from?.onBegin({ offset: position, version })
    for (;;) {
      signal.throwIfAborted()
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PART_BYTES), 0, PART_BYTES, position)
      if (bytesRead === 0) break
      position += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
    if (position !== size) throw new RemoteError({ kind: 'corrupt' }, `${key} changed while it was read`)
  } catch (error) {
    throw folderFailure(error, key, signal)
  } finally {
    await file.close()
  }
}

async function openForReading(root: string, key: ObjectKey, signal: AbortSignal): Promise<FileHandle> {
  const path = placeOf(root, key)
  try {
    await requireFolder(root)
    await refuseLinks(root, dirname(path))
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
    if ((await file.stat()).isFile()) return file
    await file.close()
    throw new RemoteError({ kind: 'notFound' }, `${key} is not a file`)
  } catch (error) {
    throw folderFailure(error, key, signal)
  }
}

async function hashOf(root: string, key: ObjectKey, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of get(root, key, signal)) hash.update(part)
  return hash.digest('hex')
}

/** The path of a key; keys have no dot segments, and this makes sure once more that nothing leaves the folder. */
function placeOf(root: string, key: ObjectKey): string {
  const path = resolve(root, key)
  if (path.startsWith(root + sep)) return path
  throw new RemoteError({ kind: 'refused', status: 0, code: 'outsideFolder' }, `${key} lies outside the folder`)
}

async function requireFolder(root: string): Promise<void> {
  const isFolder = await stat(root).then((found) => found.isDirectory(), () => false)
  if (!isFolder) throw new RemoteError({ kind: 'offline' }, `The folder ${root} is not there`)
}

async function makeParents(root: string, target: string): Promise<void> {
  for (const folder of foldersBetween(root, dirname(target))) {
    await mkdir(folder).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
  }
  await refuseLinks(root, dirname(target))
}

async function refuseLinks(root: string, last: string): Promise<void> {
  for (const folder of foldersBetween(root, last)) {
    if ((await lstat(folder)).isSymbolicLink()) throw new RemoteError({ kind: 'refused', status: 0, code: 'symbolicLink' }, `${folder} is a symbolic link`)
  }
}

/** The folders from just below `root` down to `last`. */
function foldersBetween(root: string, last: string): string[] {
  const names = last === root ? [] : last.slice(root.length + 1).split(sep)
  return names.map((_, index) => join(root, ...names.slice(0, index + 1)))
}

async function writeDurably(path: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes, { signal })
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes a new name in a folder survive a power cut; Windows does this by itself and cannot open folders. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** A path that vanishes under a put is a drive that went away, not an object that is missing. */
function putFailure(error: unknown, key: string, signal: AbortSignal): unknown {
  const failure = folderFailure(error, key, signal)
  return failure instanceof RemoteError && failure.failure.kind === 'notFound' ? new RemoteError({ kind: 'transient' }, failure.message, { cause: error }) : failure
}

function folderFailure(error: unknown, key: string, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason
  if (error instanceof RemoteError) return error
  const code = codeOf(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') return new RemoteError({ kind: 'notFound' }, `The folder does not hold ${key}`, { cause: error })
  if (code === 'ELOOP') return new RemoteError({ kind: 'refused', status: 0, code: 'symbolicLink' }, `${key} is a symbolic link`, { cause: error })
  return new RemoteError({ kind: 'transient' }, `The folder failed at ${key} (${code})`, { cause: error })
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown'
}
