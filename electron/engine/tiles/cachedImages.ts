import type { Asset } from '../../../shared/domain/asset.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import type { Sha256 } from '../../../shared/domain/ids.ts'
import type { TilePlace } from '../../../shared/domain/tileKey.ts'
import { imageUrl, parseDataUrl, tileUrlTemplate } from '../../../shared/rpc/dataUrl.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import type { CacheIndex } from './cacheIndex.ts'
import type { ImageDecoder } from './imageDecoder.ts'
import type { Picture } from './imageMessages.ts'
import type { ObjectFiles } from './objectFiles.ts'
import { thumbnailTile, tileCount } from './pyramid.ts'

/** Reads what is cached, and verifies each byte on the way: what is damaged counts as missing and is reported as lost. */
export class CachedImages {
  readonly #index: CacheIndex
  readonly #files: ObjectFiles
  readonly #decoder: ImageDecoder
  readonly #closing: AbortSignal
  readonly #onLost: (sha256: Sha256) => void

  constructor(index: CacheIndex, files: ObjectFiles, decoder: ImageDecoder, closing: AbortSignal, onLost: (sha256: Sha256) => void) {
    this.#index = index
    this.#files = files
    this.#decoder = decoder
    this.#closing = closing
    this.#onLost = onLost
  }

  /** What the window gets for a `fieldmark-data:` URL; undefined when the URL is none of ours or nothing sound is cached under it. */
  async serve(url: string): Promise<Picture | undefined> {
    const request = parseDataUrl(url)
    if (request === undefined) return undefined
    const { kind, sha256 } = request
    switch (kind) {
      case 'image': return this.readWhole(sha256)
      case 'thumbnail': return this.readThumbnail(sha256)
      case 'tile': return this.readTile(sha256, request)
      default: return assertNever(kind, 'data request')
    }
  }

  /** Where the window finds the pixels of an image; undefined while there is nothing to see of it. */
  describe(asset: Asset): ImageSource | undefined {
    const content = this.#index.find(asset.sha256)
    const { width, height, sha256 } = asset
    const pixelSize = asset.pixelSize ?? content?.pixelSize
    if (content?.pyramid !== undefined) {
      const present = content.complete ? undefined : Math.min(1, this.#index.countTiles(sha256) / tileCount(content.pyramid))
      return { kind: 'pyramid', urlTemplate: tileUrlTemplate(sha256), ...content.pyramid, pixelSize, present }
    }
    return content?.complete === true ? { kind: 'whole', url: imageUrl(sha256), width, height, pixelSize } : undefined
  }

  /** The file of a cached asset as it was fetched (of a pyramid in storage, its manifest); undefined when it is not there or damaged. */
  async readWhole(sha256: Sha256): Promise<Picture | undefined> {
    const content = this.#index.find(sha256)
    if (content?.complete !== true) return undefined
    const bytes = await this.#files.read(sha256)
    if (bytes === undefined) {
      this.#index.remove([sha256])
      this.#onLost(sha256)
      return undefined
    }
    this.#index.touch(sha256, Date.now())
    return { bytes, mediaType: content.mediaType }
  }

  readTile(sha256: Sha256, place: TilePlace): Picture | undefined {
    const wasComplete = this.#index.find(sha256)?.complete === true
    const tile = this.#index.tile(sha256, place)
    if (tile) this.#index.touch(sha256, Date.now())
    else if (wasComplete && this.#index.find(sha256)?.complete !== true) this.#onLost(sha256)
    return tile
  }

  /** A small picture of a cached asset; made now if it was not yet. */
  async readThumbnail(sha256: Sha256): Promise<Picture | undefined> {
    const content = this.#index.find(sha256)
    if (content?.pyramid) return this.readTile(sha256, thumbnailTile(content.pyramid))
    if (content?.complete !== true) return undefined
    const ready = this.#index.thumbnail(sha256)
    if (ready) return ready
    try {
      const made = await this.#decoder.thumbnail(this.#files.path(sha256), this.#closing)
      this.#index.putThumbnail(sha256, made)
      return made
    } catch (error) {
      if (error instanceof AssetProblem || this.#closing.aborted) return undefined
      throw error
    }
  }

  /** How many images there is something of. */
  count(): number {
    return this.#index.byLastUse().length
  }

  /** Reads every cached file and tile; what is damaged is dropped, reported by `onLost` and counted. */
  async verify(signal: AbortSignal, onChecked: (done: number) => void): Promise<{ checked: number; damaged: Sha256[] }> {
    const all = this.#index.byLastUse()
    const damaged: Sha256[] = []
    for (const [done, { sha256 }] of all.entries()) {
      signal.throwIfAborted()
      onChecked(done)
      const before = this.#index.find(sha256)
      if (!(await this.#files.isSound(sha256, signal))) this.#index.remove([sha256])
      for (const name of this.#index.tileNames(sha256)) this.#index.tile(sha256, placeOf(name))
      const after = this.#index.find(sha256)
      // What was not whole yet, because a fetch was interrupted, is no damage as long as its bytes are right.
      if (after !== undefined && after.complete === before?.complete) continue
      damaged.push(sha256)
      this.#onLost(sha256)
    }
    return { checked: all.length, damaged }
  }
}

function placeOf(name: string): TilePlace {
  const [level = 0, column = 0, row = 0] = name.split(/[/_]/).map(Number)
  return { level, column, row }
}
