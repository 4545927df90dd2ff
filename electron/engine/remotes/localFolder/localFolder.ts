import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import PQueue from 'p-queue'
import { RemoteError } from '../../../../shared/api/remoteError.ts'
import type { TaskId } from '../../../../shared/domain/ids.ts'
import type { ObjectStore, Orchestrator } from '../../sync/ports.ts'
import { Catalog } from './catalog.ts'
import { identifyPicture, isCopy, isFolder, isPicturePath, listPictures, statPicture, type FoundPicture, type ReadHeader } from './findPictures.ts'
import { isLabelFile, watchFolder } from './folderWatcher.ts'
import { LabelFileError, readLabels } from './labels.ts'
import { createLocalFolderStore } from './localFolderStore.ts'
import { createLocalOrchestrator, type LocalOrchestratorOptions } from './localOrchestrator.ts'
import { StockTaking } from './stockTaking.ts'
import { isDescriptor, isDescriptorName, isInTileSet } from './tileSets/findTileSets.ts'
import { identifyTileSet } from './tileSets/identifyTileSet.ts'

/** Pictures that are entered in one transaction; also how often progress is told. */
const BATCH = 50
const PARALLEL_FILES = 4

export interface LocalFolderOptions extends Pick<LocalOrchestratorOptions, 'key' | 'isSoundEntry' | 'objects'> {
  folder: string
  workspaceDir: string
  /** The folder itself as object storage, read only; keys are paths. */
  pictures: ObjectStore
  readHeader: ReadHeader
  /** Whether a draft or an unsent submission of this task exists; such a task outlives its picture. */
  hasLocalWork: (taskId: TaskId) => boolean
  /** There is something new to pull. */
  onChanged: () => void
  /** The folder or its label file cannot be read; told in words, the work goes on with what is known. */
  onTrouble: (detail: string) => void
}

/** A folder of pictures as a project without a server: each picture is a task, results stay in the workspace. */
export class LocalFolder {
  readonly orchestrator: Orchestrator
  /** Gives the pictures of the folder and keeps submissions in the workspace. */
  readonly store: ObjectStore
  readonly #options: LocalFolderOptions
  readonly #folder: string
  readonly #catalog: Catalog
  readonly #stock: StockTaking
  /** One look at the folder at a time. */
  readonly #work = new PQueue({ concurrency: 1 })
  readonly #closing = new AbortController()
  #watcher: { close(): Promise<void> } | undefined

  private constructor(options: LocalFolderOptions) {
    this.#options = options
    this.#folder = resolve(options.folder)
    this.#catalog = new Catalog(join(options.workspaceDir, 'local', 'catalog.db'))
    this.#stock = new StockTaking(this.#catalog, this.#folder, options.hasLocalWork)
    this.orchestrator = createLocalOrchestrator({ ...options, catalog: this.#catalog })
    this.store = createLocalFolderStore(options)
  }

  /** Opens the catalog and reads the labels, but does not look for pictures yet. @throws LabelFileError; RemoteError offline when the folder is not there. */
  static async open(options: LocalFolderOptions): Promise<LocalFolder> {
    await requireFolder(resolve(options.folder))
    const labels = await readLabels(resolve(options.folder))
    const local = new LocalFolder(options)
    local.#stock.useLabels(basename(local.#folder), labels)
    return local
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error('The folder is being closed'))
    await this.#watcher?.close()
    await this.#work.onIdle()
    this.#catalog.close()
  }

  /** Looks at the whole folder; only files whose size or time changed are read. Progress in files. @throws RemoteError offline when the folder is gone. */
  async scan(signal: AbortSignal, onProgress: (done: number, total: number) => void): Promise<void> {
    const either = AbortSignal.any([signal, this.#closing.signal])
    await this.#work.add(() => this.#scan(either, onProgress), { signal: either })
  }

  /** From now on changes are noticed by themselves, until `close`. */
  async watch(): Promise<void> {
    this.#watcher = await watchFolder(this.#folder, (paths) => this.#later(paths), this.#options.onTrouble)
  }

  async #scan(signal: AbortSignal, onProgress: (done: number, total: number) => void): Promise<void> {
    await requireFolder(this.#folder)
    const paths = await listPictures(this.#folder, signal)
    for (let done = 0; done < paths.length; done += BATCH) {
      onProgress(done, paths.length)
      await this.#enter(paths.slice(done, done + BATCH), signal)
    }
    const there = new Set(paths)
    const left = this.#catalog.present().map(({ path }) => path).filter((path) => !there.has(path))
    // A drive that was pulled out in the middle must not look like a folder that was emptied.
    await requireFolder(this.#folder)
    if (left.length > 0 && this.#stock.leave(left)) this.#options.onChanged()
    onProgress(paths.length, paths.length)
  }

  async #enter(paths: readonly string[], signal: AbortSignal): Promise<void> {
    const files = new PQueue({ concurrency: PARALLEL_FILES })
    const found = await files.addAll(paths.map((path) => () => this.#identifyIfChanged(path, signal)))
    if (this.#stock.enter(found.filter((picture) => picture !== undefined))) this.#options.onChanged()
  }

  async #identifyIfChanged(path: string, signal: AbortSignal): Promise<FoundPicture | undefined> {
    signal.throwIfAborted()
    const now = await statPicture(this.#folder, path)
    const known = this.#catalog.atPath(path)
    const isSame = known?.mtimeMs === now?.mtimeMs && (known?.tileSource !== undefined || known?.size === now?.size)
    if (known && isSame) return undefined
    const pyramid = isDescriptorName(path) ? await identifyTileSet(this.#folder, path, this.#options.objects, signal) : undefined
    return pyramid ?? identifyPicture(this.#folder, path, this.#options.readHeader, signal)
  }

  #later(paths: string[]): void {
    this.#work.add(() => this.#look(paths)).catch((error: unknown) => {
      if (!this.#closing.signal.aborted) this.#options.onTrouble(error instanceof Error ? error.message : String(error))
    })
  }

  /** Looks at what the watcher noticed. */
  async #look(paths: readonly string[]): Promise<void> {
    await requireFolder(this.#folder)
    if (paths.some(isLabelFile)) await this.#readLabelsAgain()
    const present = new Set<string>()
    const left: string[] = []
    for (const path of paths) {
      if (await isCopy(this.#folder, path)) left.push(path)
      else if (await statPicture(this.#folder, path)) present.add(path)
      else if (this.#catalog.atPath(path)) left.push(path)
      else if (await isFolder(this.#folder, path)) (await listPictures(this.#folder, this.#closing.signal, path)).forEach((inside) => present.add(inside))
    }
    const pictures = [...present].filter((path) => isPicturePath(path) && !isInTileSet(this.#folder, path) && (!isDescriptorName(path) || isDescriptor(this.#folder, path)))
    // What was taken for pictures turns out to be tiles.
    if (pictures.some(isDescriptorName)) left.push(...this.#catalog.present().map(({ path }) => path).filter((path) => isInTileSet(this.#folder, path)))
    await this.#enter(pictures, this.#closing.signal)
    if (left.length > 0 && this.#stock.leave(left)) this.#options.onChanged()
  }

  async #readLabelsAgain(): Promise<void> {
    try {
      if (this.#stock.useLabels(basename(this.#folder), await readLabels(this.#folder))) this.#options.onChanged()
    } catch (error) {
      if (!(error instanceof LabelFileError)) throw error
      this.#options.onTrouble(error.message)
    }
  }
}

async function requireFolder(folder: string): Promise<void> {
  const isFolder = await stat(folder).then((found) => found.isDirectory(), () => false)
  if (!isFolder) throw new RemoteError({ kind: 'offline' }, `The folder ${folder} is not there`)
}
