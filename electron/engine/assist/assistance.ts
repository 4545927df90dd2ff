import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { AssistAnswer, AssistFailure, AssistQuestion, AssistTool } from '../../../shared/domain/assist.ts'
import type { Asset } from '../../../shared/domain/asset.ts'
import type { ModelFiles, ModelInspection } from '../../../shared/domain/segmentModel.ts'
import { expandBox, type Box } from '../../../shared/geometry/box.ts'
import { VisionReplySchema, type VisionRequest } from './messages.ts'
import type { OwnModel } from './model/ownModel.ts'
import { pixelSource, type CachedPixels } from './pixelSource.ts'
import { regionOf } from './region.ts'
import { WorkerThread } from './workerThread.ts'

/** Raster pixels that a tool looks at, so that it answers within about a second: filling is fast, cutting and finding ways are not. */
const MAX_PIXELS = { magicWand: 1_500_000, grabCut: 250_000, scissors: 160_000 } as const
/** GrabCut learns the background from a frame around the box: this share of its sides, at least so many pixels. */
const FRAME_SHARE = 0.2
const FRAME_LEAST = 8

type VisionQuestion = Exclude<AssistQuestion, { tool: 'segmentAnything' }>

/** Answers what tools are asked to propose. */
export class Assistance {
  readonly #images: CachedPixels
  readonly #vision = new WorkerThread(new URL('./vision/visionWorker.ts', import.meta.url))

  readonly #model: OwnModel

  constructor(images: CachedPixels, model: OwnModel) {
    this.#images = images
    this.#model = model
  }

  /** Whether files are a model that can be run. @throws the signal's reason. */
  inspectModel(files: ModelFiles, signal: AbortSignal): Promise<ModelInspection> {
    return this.#model.inspect(files, signal)
  }

  /** Loads what a tool needs; answers why it cannot be used, or nothing. @throws the signal's reason. */
  async prepare(asset: Asset, tool: AssistTool, signal: AbortSignal): Promise<AssistFailure | undefined> {
    if (this.#images.describe(asset) === undefined) return 'imageMissing'
    if (tool === 'segmentAnything') return this.#model.prepare(asset, signal)
    await this.#askVision({ kind: 'prepare' }, signal)
    return undefined
  }

  /** @throws the signal's reason, or an Error that no code expected. */
  async ask(asset: Asset, question: AssistQuestion, signal: AbortSignal): Promise<AssistAnswer> {
    if (question.tool === 'segmentAnything') return this.#model.ask(asset, question, signal)
    const { width, height } = asset
    const region = regionOf(boxFor(question), { width, height }, MAX_PIXELS[question.tool])
    if (region === undefined) return nothingFor(question)
    const source = await pixelSource(this.#images, asset, region)
    if (source === undefined) return { kind: 'failed', reason: 'imageMissing' }
    const reply = await this.#askVision({ kind: 'ask', question, source, region, image: { width, height } }, signal)
    if (reply.kind !== 'answer') throw new Error('The vision worker gave no answer')
    return reply.answer
  }

  async close(): Promise<void> {
    await Promise.all([this.#vision.close(), this.#model.close()])
  }

  async #askVision(request: VisionRequest, signal: AbortSignal) {
    return VisionReplySchema.parse(await this.#vision.ask(request, signal))
  }
}

/** The part of the image that has to be looked at. */
function boxFor(question: VisionQuestion): Box {
  switch (question.tool) {
    case 'magicWand': return question.view
    case 'grabCut': return expandBox(question.box, Math.max(FRAME_LEAST, FRAME_SHARE * Math.max(question.box.width, question.box.height)))
    case 'scissors': {
      const { from: [x, y], reach } = question
      return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach }
    }
    default: return assertNever(question, 'question')
  }
}

function nothingFor(question: VisionQuestion): AssistAnswer {
  if (question.tool === 'scissors') return { kind: 'path', points: [question.from, question.to] }
  return { kind: 'region', parts: [], assistant: { tool: question.tool } }
}
