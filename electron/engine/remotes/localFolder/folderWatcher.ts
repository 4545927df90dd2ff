import { watch } from 'chokidar'
import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { COPIES_MARKER } from '../../../../shared/formats/copiesMarker.ts'
import { isHidden, isPicturePath } from './findPictures.ts'
import { LABEL_FILES } from './labels.ts'
import { descriptorOfFolder, isInTileSet } from './tileSets/findTileSets.ts'

/** Milliseconds for which a file must not grow before it counts as written. */
const WRITTEN_AFTER_MS = 1000
/** Milliseconds in which changes are gathered: a copied folder comes as one. */
const GATHER_MS = 300
/** Milliseconds after which a new folder is looked at once more: what was written before its watch began is not reported. */
const NEW_FOLDER_MS = 2000

/** Paths relative to the folder, with slashes, of files that came, changed or went and of folders that came. */
export type OnPaths = (paths: string[]) => void

/**
 * Watches a folder for pictures and label files until `close`. Symbolic links are not followed, hidden files and folders of exported copies or tiles not looked at.
 * `onTrouble` hears of folders that cannot be watched. Resolves when everything that happens from now on will be seen.
 */
export async function watchFolder(folder: string, onPaths: OnPaths, onTrouble: (detail: string) => void): Promise<{ close(): Promise<void> }> {
  const gathered = new Set<string>()
  const timers = new Set<NodeJS.Timeout>()
  const after = (milliseconds: number, work: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, milliseconds)
    timers.add(timer)
  }
  const gather = (path: string) => {
    if (gathered.size === 0) after(GATHER_MS, flush)
    gathered.add(path)
  }
  const flush = () => {
    const paths = [...gathered]
    gathered.clear()
    onPaths(paths)
  }
  const watcher = watch(folder, {
    ignoreInitial: true,
    followSymlinks: false,
    awaitWriteFinish: { stabilityThreshold: WRITTEN_AFTER_MS, pollInterval: 200 },
    ignored: (path, stats) => isIgnored(relativePath(folder, path), stats?.isFile() === true, stats?.isSymbolicLink() === true) || (stats?.isDirectory() === true && isLeftOut(folder, path)),
  })
  watcher.on('all', (event, path) => {
    const place = relativePath(folder, path)
    gather(place)
    if (event === 'addDir') after(NEW_FOLDER_MS, () => gather(place))
  })
  watcher.on('error', (error) => onTrouble(`The folder cannot be watched: ${String(error)}`))
  await new Promise<void>((resolve) => watcher.once('ready', resolve))
  return {
    close: async () => {
      timers.forEach(clearTimeout)
      await watcher.close()
    },
  }
}

function isIgnored(path: string, isFile: boolean, isLink: boolean): boolean {
  if (path === '') return false
  if (isLink || isHidden(path)) return true
  return isFile && !isPicturePath(path) && !isLabelFile(path)
}

/** A large export, or the tiles of a pyramid, would use up the watches that the system has. */
function isLeftOut(folder: string, path: string): boolean {
  const place = relativePath(folder, path)
  return place !== '' && (existsSync(join(path, COPIES_MARKER)) || isInTileSet(folder, `${place}/tile`) && descriptorOfFolder(folder, place)?.startsWith(`${place}/`) !== true)
}

/** Whether a path is one of the files in the folder that say what may be labelled. */
export function isLabelFile(path: string): boolean {
  return LABEL_FILES.some((name) => name === path)
}

function relativePath(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/')
}
