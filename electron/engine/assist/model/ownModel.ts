import type { AssistAnswer, AssistFailure } from '../../../../shared/domain/assist.ts'
import type { Asset } from '../../../../shared/domain/asset.ts'
import type { ModelFiles, ModelInspection } from '../../../../shared/domain/segmentModel.ts'
import { ModelReplySchema, type ModelQuestion, type ModelReply, type ModelRequest } from '../messages.ts'
import { pixelSource, type CachedPixels } from '../pixelSource.ts'
import type { Region } from '../region.ts'
import { WorkerThread } from '../workerThread.ts'
import { IMAGE_SIDE } from './modelShape.ts'

/** A person's own segment-anything model, run in a thread of its own. */
export class OwnModel {
  readonly #images: CachedPixels
  readonly #files: () => ModelFiles | undefined
  readonly #folder: string
  readonly #thread = new WorkerThread(new URL('./modelWorker.ts', import.meta.url))

  /** `files` answers which model is chosen now; `folder` takes what encoders made of images. */
  constructor(images: CachedPixels, files: () => ModelFiles | undefined, folder: string) {
    this.#images = images
    this.#files = files
    this.#folder = folder
  }

  /** Loads the files and says whether they are a model that can be run. @throws the signal's reason. */
  async inspect(files: ModelFiles, signal: AbortSignal): Promise<ModelInspection> {
    const reply = await this.#ask({ kind: 'inspect', files }, signal)
    if (reply.kind === 'refused') return reply
    if (reply.kind !== 'ready') throw new Error('The model worker did not say what the model is')
    return { kind: 'fits', version: reply.version }
  }

  /** Has the encoder look at an image. @throws the signal's reason. */
  async prepare(asset: Asset, signal: AbortSignal): Promise<AssistFailure | undefined> {
    const request = await this.#onImage(asset)
    if (typeof request === 'string') return request
    const reply = await this.#ask({ kind: 'embed', ...request }, signal).catch((error: unknown) => failedUnlessAborted(error, signal))
    return reply === 'modelFailed' || reply.kind === 'refused' ? 'modelFailed' : undefined
  }

  /** @throws the signal's reason. */
  async ask(asset: Asset, question: ModelQuestion, signal: AbortSignal): Promise<AssistAnswer> {
    const request = await this.#onImage(asset)
    if (typeof request === 'string') return { kind: 'failed', reason: request }
    const reply = await this.#ask({ kind: 'ask', ...request, question }, signal).catch((error: unknown) => failedUnlessAborted(error, signal))
    return reply !== 'modelFailed' && reply.kind === 'answer' ? reply.answer : { kind: 'failed', reason: 'modelFailed' }
  }

  async close(): Promise<void> {
    await this.#thread.close()
  }

  async #ask(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    return ModelReplySchema.parse(await this.#thread.ask(request, signal))
  }

  async #onImage(asset: Asset) {
    const files = this.#files()
    if (files === undefined) return 'noModel'
    const region = wholeImage(asset)
    const source = await pixelSource(this.#images, asset, region)
    if (source === undefined) return 'imageMissing'
    return { files, source, region, image: { width: asset.width, height: asset.height }, folder: this.#folder }
  }
}

/** The whole image with its longer side as long as the models want it. */
function wholeImage({ width, height }: Asset): Region {
  const scale = IMAGE_SIDE / Math.max(width, height)
  return { box: { x: 0, y: 0, width, height }, width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** What a model fails at is its own affair; the log has the details. */
function failedUnlessAborted(error: unknown, signal: AbortSignal): 'modelFailed' {
  if (signal.aborted) throw error
  console.error('The model failed:', error)
  return 'modelFailed'
}
