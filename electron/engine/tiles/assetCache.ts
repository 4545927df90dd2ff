import PQueue from 'p-queue'
import { join } from 'node:path'
import { objectKeyOf, type Asset, type ObjectKey } from '../../../shared/domain/asset.ts'
import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import type { Sha256 } from '../../../shared/domain/ids.ts'
import type { TaskProblem } from '../../../shared/domain/task.ts'
import type { AssetCache, ObjectStore } from '../sync/ports.ts'
import { CachedImages } from './cachedImages.ts'
import { CacheIndex } from './cacheIndex.ts'
import { planEviction } from './eviction.ts'
import type { ImageDecoder } from './imageDecoder.ts'
import { cutInGroups, hasQuickOverview, needsPyramid, overviewOf, readCheckedHeader } from './imageIntake.ts'
import type { CutTile } from './imageMessages.ts'
import { ObjectFiles } from './objectFiles.ts'
import { overviewTile, pyramidOf, tileCount, type Pyramid } from './pyramid.ts'
import { fetchTiles, pyramidInStorage, wantedTiles } from './storedPyramid.ts'

/** Nothing else arrives once nothing has arrived for so long, in milliseconds. */
const QUIET_MS = 300
/** How often at most it is told that more of an image is there. */
const PROGRESS_STEPS = 50

export interface AssetCacheOptions {
  workspaceDir: string
  budgetBytes: number
  /** Two, so that the header of a small image does not wait until a large one is cut. */
  decoders: { headers: ImageDecoder; pixels: ImageDecoder }
  /** Whether a task that somebody may still work on shows this image; such an image is never evicted. */
  isNeeded: (sha256: Sha256) => boolean
  /** An image that arrived whole and sound turned out to be broken when it was decoded; it is dropped. */
  onProblem: (asset: Asset, problem: TaskProblem) => void
  /** More of a pyramid that is not complete can be seen. */
  onPartial: (asset: Asset) => void
  /** Cached bytes are gone, evicted or damaged on the disk, and have to be fetched again when they are needed. */
  onLost: (sha256: Sha256) => void
}

/**
 * The images of a workspace: files under `objects/`, tiles and thumbnails in `cache.db`. What arrives must have the right SHA-256, length and size in
 * pixels before it counts as cached, and every byte is verified again when it is read. All of it may be deleted while the workspace is closed.
 */
export class WorkspaceAssetCache implements AssetCache {
  readonly #options: AssetCacheOptions
  readonly #index: CacheIndex
  readonly #files: ObjectFiles
  /** What is cached, to look at. */
  readonly images: CachedImages
  /** The index and the files did not agree at the start, or there were none: what was cached before may not be so any more. */
  readonly wasDisturbed: boolean
  readonly #fetching = new Map<Sha256, Promise<void>>()
  /** Bytes of files that are on their way and not counted as used yet: several arrive at once. */
  readonly #arriving = new Map<Sha256, number>()
  /** Decodes what has arrived, while nothing else arrives. */
  readonly #checks = new PQueue({ concurrency: 1 })
  #quiet: NodeJS.Timeout | undefined
  readonly #closing = new AbortController()
  #budgetBytes: number

  constructor(options: AssetCacheOptions) {
    this.#options = options
    this.#budgetBytes = options.budgetBytes
    this.#files = new ObjectFiles(join(options.workspaceDir, 'objects'))
    this.#index = new CacheIndex(join(options.workspaceDir, 'cache.db'))
    this.images = new CachedImages(this.#index, this.#files, options.decoders.pixels, this.#closing.signal, options.onLost)
    this.wasDisturbed = this.#alignIndexWithFiles()
    this.#files.forgetPartsExcept(options.isNeeded)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    clearTimeout(this.#quiet)
    this.#checks.clear()
    await Promise.allSettled(this.#fetching.values())
    await this.checked()
    this.#index.close()
  }

  /** Resolves when all that arrived has been decoded once. */
  async checked(): Promise<void> {
    await this.#checks.onIdle()
  }

  has({ sha256 }: Pick<Asset, 'sha256'>): boolean {
    return this.#index.find(sha256)?.complete === true
  }

  async fetch(asset: Asset, store: ObjectStore, signal: AbortSignal, onBytes: (received: number) => void): Promise<void> {
    // Two assets may have the same bytes: the second one waits and finds them.
    for (let other = this.#fetching.get(asset.sha256); other; other = this.#fetching.get(asset.sha256)) await other.catch(() => undefined)
    const either = AbortSignal.any([signal, this.#closing.signal])
    either.throwIfAborted()
    if (this.has(asset)) return
    if (this.#index.find(asset.sha256) === undefined) this.#arriving.set(asset.sha256, asset.size)
    const fetching = this.#fetch(asset, store, either, onBytes)
    this.#fetching.set(asset.sha256, fetching)
    clearTimeout(this.#quiet)
    this.#checks.pause()
    try {
      await fetching
    } catch (error) {
      throw this.#failureOf(asset, error)
    } finally {
      this.#fetching.delete(asset.sha256)
      this.#arriving.delete(asset.sha256)
      if (this.#fetching.size === 0) this.#quiet = setTimeout(() => { this.#checks.start() }, QUIET_MS)
    }
  }

  makeRoom(bytes: number): boolean {
    const excess = this.#index.usedBytes + this.#bytesArriving() + bytes - this.#budgetBytes
    if (excess <= 0) return true
    const isKept = (sha256: Sha256) => this.#fetching.has(sha256) || this.#options.isNeeded(sha256)
    const dropped = planEviction(this.#index.byLastUse(), excess, isKept)
    if (dropped === undefined) return false
    this.#drop(dropped)
    for (const sha256 of dropped) this.#options.onLost(sha256)
    return true
  }

  usage(): { usedBytes: number; budgetBytes: number } {
    return { usedBytes: this.#index.usedBytes, budgetBytes: this.#budgetBytes }
  }

  /** Bytes that can be brought in before the budget is used up by what active tasks need. */
  roomBytes(): number {
    const needed = this.#index.byLastUse().filter(({ sha256 }) => this.#fetching.has(sha256) || this.#options.isNeeded(sha256))
    return Math.max(0, this.#budgetBytes - this.#bytesArriving() - needed.reduce((sum, { bytes }) => sum + bytes, 0))
  }

  /** Sets how many bytes files and tiles may take; what is too much and not needed goes at once. */
  setBudget(bytes: number): void {
    this.#budgetBytes = bytes
    this.makeRoom(0)
  }

  #bytesArriving(): number {
    return [...this.#arriving.values()].reduce((sum, size) => sum + size, 0)
  }

  async #fetch(asset: Asset, store: ObjectStore, signal: AbortSignal, onBytes: (received: number) => void): Promise<void> {
    const { sha256, tileSource } = asset
    if (tileSource.kind === 'whole') {
      await this.#fetchFile(asset, objectKeyOf(asset.uri), store, signal, onBytes)
      return this.#takeIn(asset, signal)
    }
    await this.#fetchFile(asset, tileSource.manifestKey, store, signal, onBytes)
    const pyramid = pyramidInStorage(asset, tileSource)
    const manifest = await this.#files.read(sha256)
    const there = this.#index.tileNames(sha256)
    const missing = wantedTiles(manifest ?? new Uint8Array(), pyramid).filter((tile) => !there.has(tile.name))
    const onTiles = this.#showWhileItComes(asset, pyramid)
    let received = asset.size
    await fetchTiles(asset, tileSource, missing, store, signal, (tile) => {
      onTiles([tile])
      received += tile.bytes.length
      onBytes(received)
    })
    this.#index.complete(sha256, { mediaType: asset.mediaType, pyramid })
  }

  async #fetchFile(asset: Asset, key: ObjectKey, store: ObjectStore, signal: AbortSignal, onBytes: (received: number) => void): Promise<void> {
    const { id, sha256, size, mediaType } = asset
    if (!(await this.#files.isSound(sha256, signal))) await this.#files.receive({ sha256, size, key, read: (from) => store.get({ key, assetId: id }, signal, from) }, onBytes)
    this.#index.add(sha256, size, mediaType, Date.now())
    this.#arriving.delete(sha256)
  }

  /** Looks into an image whose bytes are right, and cuts it where needed. */
  async #takeIn(asset: Asset, signal: AbortSignal): Promise<void> {
    const { headers, pixels } = this.#options.decoders
    // Each decoder is a process of more than a hundred mebibytes: the second one is for when the first cuts a large image.
    const header = await readCheckedHeader(pixels.hasLongWork ? headers : pixels, this.#files.path(asset.sha256), asset, signal)
    if (needsPyramid(header)) {
      const onTiles = this.#showWhileItComes(asset, pyramidOf(header.width, header.height))
      if (hasQuickOverview(header)) await overviewOf(pixels, this.#files, asset, header, signal, onTiles)
      const pyramid = await cutInGroups(pixels, this.#files, asset, signal, onTiles)
      return this.#index.complete(asset.sha256, { ...header, pyramid })
    }
    this.#index.complete(asset.sha256, header)
    void this.#checks.add(() => this.#check(asset))
  }

  /** Decoding takes longer than fetching, so it comes after; the thumbnail shows that it went well. */
  async #check(asset: Asset): Promise<void> {
    try {
      this.#index.putThumbnail(asset.sha256, await this.#options.decoders.pixels.thumbnail(this.#files.path(asset.sha256), this.#closing.signal))
    } catch (error) {
      if (this.#closing.signal.aborted || !this.has(asset)) return
      if (!(error instanceof AssetProblem)) throw error
      this.#drop([asset.sha256])
      this.#options.onProblem(asset, error.problem)
    }
  }

  /** Stores tiles, lets the window see the image as soon as there is an overview, and tells how it gets on. */
  #showWhileItComes(asset: Asset, pyramid: Pyramid): (tiles: CutTile[]) => void {
    const overview = overviewTile(pyramid)
    const step = Math.max(1, Math.floor(tileCount(pyramid) / PROGRESS_STEPS))
    let isSeen = this.#index.find(asset.sha256)?.pyramid !== undefined
    let untold = 0
    return (tiles) => {
      this.#storeTiles(asset.sha256, tiles)
      untold += tiles.length
      const isFirst = !isSeen && tiles.some(({ level }) => level === overview.level)
      if (isFirst) this.#index.showEarly(asset.sha256, pyramid)
      isSeen ||= isFirst
      if (!isFirst && (!isSeen || untold < step)) return
      untold = 0
      this.#options.onPartial(asset)
    }
  }

  #storeTiles(sha256: Sha256, tiles: CutTile[]): void {
    const bytes = tiles.reduce((sum, tile) => sum + tile.bytes.length, 0)
    if (!this.makeRoom(bytes)) throw new AssetProblem('diskFull', 'The tiles of this image do not fit into the space that images may take')
    this.#index.putTiles(sha256, tiles)
  }

  /** What the caller gets to know; of an image that is bad for good nothing is kept. */
  #failureOf(asset: Asset, error: unknown): unknown {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.code === 'SQLITE_FULL')) {
      return new AssetProblem('diskFull', error.message, { cause: error })
    }
    if (error instanceof AssetProblem && error.problem.code !== 'diskFull') {
      this.#drop([asset.sha256])
    }
    return error
  }

  #drop(hashes: readonly Sha256[]): void {
    this.#index.remove(hashes)
    for (const sha256 of hashes) this.#files.remove(sha256)
  }

  /**
   * Brings index and files in line after either was deleted or a run ended in the middle; answers whether they were not. Files that are there need
   * not be fetched again.
   */
  #alignIndexWithFiles(): boolean {
    const there = new Map(this.#files.list().map(({ sha256, size }) => [sha256, size]))
    const known = new Set(this.#index.byLastUse().map(({ sha256 }) => sha256))
    const gone = [...known].filter((sha256) => !there.has(sha256))
    const unknown = [...there].filter(([sha256]) => !known.has(sha256))
    this.#index.remove(gone)
    for (const [sha256, size] of unknown) this.#index.add(sha256, size, 'application/octet-stream', 0)
    return known.size === 0 || gone.length > 0 || unknown.length > 0
  }
}
