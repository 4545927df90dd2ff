import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { COPIES_MARKER, COPIES_MARKER_TEXT } from '../../../shared/formats/copiesMarker.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'

/** The target of an export. Files are made aside and moved to their names at the end, so that a name never holds half a file. */
export interface ExportFolder {
  /** Where a file, named by its path in the export, is made. */
  pathOf(file: string): string
  write(file: string, content: string | Uint8Array): Promise<void>
  /** As `write`, but never replaces another file that the target holds: it may be somebody's only copy. @throws RpcError conflict. */
  writeOnce(file: string, content: Uint8Array): Promise<void>
  /** Makes a folder for copies of images, which a project that it lies in leaves out. @throws RpcError conflict when the target's holds files that no export put there. */
  holdCopies(name: string): Promise<void>
}

/**
 * Runs `work` on a folder beside the final names in `directory`, which is made if need be; then moves what it wrote to its names, over files of an earlier export. Answers
 * how many files there are, the marker of copies aside. When `work` fails or is cancelled, `directory` is as it was.
 * @throws RpcError diskFull, readOnly, notAllowed, notFound or invalidRequest for what the file system refuses.
 */
export async function exportInto(directory: string, work: (folder: ExportFolder) => Promise<void>): Promise<number> {
  try {
    await mkdir(directory, { recursive: true })
    const aside = await mkdtemp(join(directory, '.fieldmark-export-'))
    try {
      await work(folderIn(directory, aside))
      return await publish(aside, directory)
    } finally {
      await rm(aside, { recursive: true, force: true })
    }
  } catch (error) {
    throw exportFailure(error, directory)
  }
}

function folderIn(directory: string, aside: string): ExportFolder {
  const made = new Set<string>()
  const write = async (file: string, content: string | Uint8Array) => {
    const path = join(aside, file)
    const parent = dirname(path)
    if (!made.has(parent)) await mkdir(parent, { recursive: true })
    made.add(parent)
    await writeFile(path, content)
  }
  const holdCopies = async (name: string) => {
    if (made.has(join(aside, name))) return
    const there = await readdir(join(directory, name)).catch(ignoreMissing)
    if (there !== undefined && there.length > 0 && !there.includes(COPIES_MARKER)) {
      throw new RpcError('conflict', `${join(directory, name)} holds files that no export put there; choose an empty folder`)
    }
    await write(`${name}/${COPIES_MARKER}`, COPIES_MARKER_TEXT)
  }
  return {
    pathOf: (file) => join(aside, file),
    write, holdCopies,
    writeOnce: async (file, content) => {
      const there = await readFile(join(directory, file)).catch(ignoreMissing)
      if (there !== undefined && !there.equals(content)) throw new RpcError('conflict', `${join(directory, file)} is another file already; choose an empty folder`)
      await write(file, content)
    },
  }
}

/** A folder that is not there yet comes as a whole; else its files are moved into the one that is, over those of the same name. */
async function publish(aside: string, directory: string): Promise<number> {
  let files = 0
  for (const entry of await readdir(aside, { withFileTypes: true })) {
    const [from, to] = [join(aside, entry.name), join(directory, entry.name)]
    // The marker of copies sorts first, so that whoever watches the target meets it before them.
    const names = entry.isDirectory() ? (await readdir(from)).sort() : [entry.name]
    files += names.filter((name) => name !== COPIES_MARKER).length
    await rename(from, to).catch(async (error: unknown) => {
      if (!entry.isDirectory() || !FOLDER_IS_THERE.has(codeOf(error) ?? '')) throw error
      for (const name of names) await rename(join(from, name), join(to, name))
    })
  }
  return files
}

/** What renaming a folder to a name that is taken gives on Linux, macOS and Windows. */
const FOLDER_IS_THERE = new Set(['ENOTEMPTY', 'EEXIST', 'EPERM'])

function ignoreMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error
}

/** What a refusal of the file system means to the person; other errors as they are. */
function exportFailure(error: unknown, directory: string): unknown {
  const told = (code: ConstructorParameters<typeof RpcError>[0], detail: string) => new RpcError(code, `${detail} (${codeOf(error) ?? ''})`, { cause: error })
  switch (codeOf(error)) {
    case 'ENOSPC': case 'EDQUOT': return told('diskFull', `The disk of ${directory} is full`)
    case 'EROFS': return told('readOnly', `${directory} is on a file system that cannot be written`)
    case 'EACCES': case 'EPERM': return told('notAllowed', `${directory} may not be written`)
    case 'ENOTDIR': case 'EEXIST': case 'EISDIR': return told('invalidRequest', `${directory} holds a file where a folder belongs, or the other way round`)
    case 'ENOENT': return told('notFound', `${directory} cannot be made or went away`)
    case 'ENAMETOOLONG': return told('invalidRequest', `The path of ${directory} is too long`)
    default: return error
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
