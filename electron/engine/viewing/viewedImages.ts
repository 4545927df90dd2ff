import { join } from 'node:path'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { Sha256 } from '../../../shared/domain/ids.ts'
import { imageUrl, parseDataUrl } from '../../../shared/rpc/dataUrl.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import { sha256 as hashOf } from '../audit/hashing.ts'
import type { Picture } from '../tiles/imageMessages.ts'
import { WHOLE_IMAGE_SIDE } from '../tiles/pyramid.ts'

/** Types that the window shows as they are. */
const SHOWN_AS_THEY_ARE: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp'])

/** The cached images of a workspace that may not be written: those that need no tiles, straight from their files and verified by their hash. */
export class ViewedImages {
  readonly #folder: string
  readonly #mediaTypeOf: (sha256: Sha256) => string | undefined

  constructor(workspaceDir: string, mediaTypeOf: (sha256: Sha256) => string | undefined) {
    this.#folder = join(workspaceDir, 'objects')
    this.#mediaTypeOf = mediaTypeOf
  }

  describe({ sha256, width, height, mediaType, tileSource, pixelSize }: Asset): ImageSource | undefined {
    const isWhole = tileSource.kind === 'whole' && Math.max(width, height) <= WHOLE_IMAGE_SIDE && SHOWN_AS_THEY_ARE.has(mediaType)
    return isWhole && existsSync(this.#path(sha256)) ? { kind: 'whole', url: imageUrl(sha256), width, height, pixelSize } : undefined
  }

  /** The small pictures of the queue are the images themselves. */
  serve(url: string): Promise<Picture | undefined> {
    const request = parseDataUrl(url)
    return request === undefined || request.kind === 'tile' ? Promise.resolve(undefined) : this.readWhole(request.sha256)
  }

  /** The file of a cached image; undefined when it is not there or does not hash to its name. */
  async readWhole(sha256: Sha256): Promise<Picture | undefined> {
    const bytes = await readFile(this.#path(sha256)).catch(() => undefined)
    const mediaType = this.#mediaTypeOf(sha256)
    return bytes === undefined || mediaType === undefined || hashOf(bytes) !== sha256 ? undefined : { bytes, mediaType }
  }

  #path(sha256: Sha256): string {
    return join(this.#folder, sha256.slice(0, 2), sha256)
  }
}
