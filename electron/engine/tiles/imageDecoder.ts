import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import type { Helper } from '../threads/helper.ts'
import { KeptWorker } from '../threads/keptWorker.ts'
import { startProcess } from '../threads/startProcess.ts'
import { ImageReplySchema, type CutTile, type ImageHeader, type ImageReply, type ImageRequest, type Picture } from './imageMessages.ts'
import type { Pyramid } from './pyramid.ts'

/** More pixels than this are refused before anything is decoded. */
const MAX_PIXELS = 1_000_000_000
/** Milliseconds of silence after which an image counts as one that breaks the decoder; a large one is decoded in full before its first tile. */
const SILENCE_MS = { header: 30_000, thumbnail: 120_000, overview: 120_000, cut: 600_000 } as const

/** Milliseconds without an image after which the process is given up: it takes more memory than the engine, and a third of a second to start. */
const IDLE_MS = 10_000

export interface DecoderOptions {
  maxPixels?: number
  /** In place of the times above. */
  silenceMs?: number
  /** In place of the time after which it is given up. */
  idleMs?: number
  /** Starts the process, where not Node does it; tests put a broken one in its place. */
  start?: (() => Helper) | undefined
}

/** Distributes over the kinds of request, where `Omit` alone would merge them. */
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
type Question = Without<ImageRequest, 'id' | 'maxPixels'>

/**
 * Looks into images in a process of its own, one after another. A decoder that crashes twice over an image or falls silent is ended and the next image gets a new one.
 * All methods take the path of a file and reject with AssetProblem, or with the signal's reason.
 */
export class ImageDecoder {
  readonly #maxPixels: number
  readonly #silenceMs: number | undefined
  readonly #kept: KeptWorker
  #lastId = 0
  #longWork = 0

  constructor(options: DecoderOptions = {}) {
    this.#maxPixels = options.maxPixels ?? MAX_PIXELS
    this.#silenceMs = options.silenceMs
    this.#kept = new KeptWorker(options.start ?? (() => startProcess(new URL('./imageWorker.ts', import.meta.url))), options.idleMs ?? IDLE_MS)
  }

  /** Reads the header alone: fast, and safe for images of any size. */
  async header(file: string, signal: AbortSignal): Promise<ImageHeader> {
    const reply = await this.#ask({ kind: 'header', file }, signal)
    if (reply.kind !== 'header') throw unexpected(reply)
    return reply.header
  }

  /** Decodes the whole image and gives it in at most 256 px. */
  async thumbnail(file: string, signal: AbortSignal): Promise<Picture> {
    const reply = await this.#ask({ kind: 'thumbnail', file }, signal)
    if (reply.kind !== 'thumbnail') throw unexpected(reply)
    return reply.picture
  }

  /** Makes the tiles of those levels that are one tile, long before the whole pyramid is cut. */
  async overview(file: string, pyramid: Pyramid, signal: AbortSignal, onTile: (tile: CutTile) => void): Promise<void> {
    const reply = await this.#ask({ kind: 'overview', file, pyramid }, signal, onTile)
    if (reply.kind !== 'overview') throw unexpected(reply)
  }

  /** Cuts a pyramid; the existing folder `scratch` takes raw pixels, and the caller removes it afterwards. */
  async cut(file: string, scratch: string, signal: AbortSignal, onTile: (tile: CutTile) => void): Promise<Pyramid> {
    const reply = await this.#ask({ kind: 'cut', file, scratch }, signal, onTile)
    if (reply.kind !== 'cut') throw unexpected(reply)
    return reply.pyramid
  }

  /** A large image is being cut, or waits for that. */
  get hasLongWork(): boolean {
    return this.#longWork > 0
  }

  close(): Promise<void> {
    return this.#kept.close()
  }

  async #ask(question: Question, signal: AbortSignal, onTile: (tile: CutTile) => void = () => {}): Promise<ImageReply> {
    const share = question.kind === 'overview' || question.kind === 'cut' ? 1 : 0
    this.#longWork += share
    try {
      return await this.#kept.inTurn(() => this.#exchangeAgain({ ...question, id: ++this.#lastId, maxPixels: this.#maxPixels }, signal, onTile), signal)
    } finally {
      this.#longWork -= share
    }
  }

  /** A process may be ended from outside, for the sake of memory: an image is to blame only if a fresh one ends over it too. */
  async #exchangeAgain(request: ImageRequest, signal: AbortSignal, onTile: (tile: CutTile) => void): Promise<ImageReply> {
    try {
      return await this.#exchange(request, signal, onTile)
    } catch (error) {
      if (!(error instanceof DecoderLost)) throw error
      signal.throwIfAborted()
      return this.#exchange(request, signal, onTile)
    }
  }

  /** One request and its replies. Whatever ends it in an unusual way ends the process too: nobody knows what state the decoder is in. */
  async #exchange(request: ImageRequest, signal: AbortSignal, onTile: (tile: CutTile) => void): Promise<ImageReply> {
    try {
      const reply = await this.#replyOf(request, signal, onTile)
      if (reply.kind === 'problem' && reply.problem.code === 'imageCorrupt') await this.#kept.end()
      return reply
    } catch (error) {
      await this.#kept.end()
      throw error
    }
  }

  /** Waits for the reply that ends a request; each message puts the end of waiting off. */
  #replyOf(request: ImageRequest, signal: AbortSignal, onTile: (tile: CutTile) => void): Promise<ImageReply> {
    let silence: NodeJS.Timeout | undefined
    return this.#kept.exchange<ImageReply>(request, {
      hear(message) {
        silence?.refresh()
        const reply = ImageReplySchema.parse(message)
        if (reply.kind !== 'tile') return { reply }
        onTile(reply.tile)
        return undefined
      },
      lost: () => new DecoderLost(),
      begun: (fail, done) => {
        silence = setTimeout(() => { fail(new AssetProblem('imageCorrupt', 'The decoder did not answer in time')) }, this.#silenceMs ?? SILENCE_MS[request.kind])
        done.addEventListener('abort', () => { clearTimeout(silence) })
        signal.addEventListener('abort', () => { fail(signal.reason as Error) }, { signal: done })
      },
    })
  }
}

class DecoderLost extends AssetProblem {
  constructor() {
    super('imageCorrupt', 'The decoder crashed')
  }
}

function unexpected(reply: ImageReply): Error {
  if (reply.kind === 'problem') return new AssetProblem(reply.problem.code, reply.problem.detail)
  return new Error(`The image worker answered ${reply.kind}`)
}
