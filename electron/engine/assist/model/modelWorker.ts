import { basename } from 'node:path'
import type { AssistRegion } from '../../../../shared/domain/assist.ts'
import type { ModelFiles } from '../../../../shared/domain/segmentModel.ts'
import { answerInThread } from '../answerInThread.ts'
import { ModelRequestSchema, type ModelReply, type ModelRequest } from '../messages.ts'
import { proposalOf } from '../proposal.ts'
import { RasterReader } from '../raster.ts'
import { EmbeddingFiles } from './embeddingFiles.ts'
import { loadModel, ModelRefused, type Model } from './onnx.ts'
import { embed, segment, type Embedding } from './segment.ts'

type OnImage = Extract<ModelRequest, { kind: 'embed' | 'ask' }>

// The thread in which a person's own model runs; it is started when the tool is first used. The model and the last image stay at hand.
const rasters = new RasterReader()
let loaded: { key: string; model: Model } | undefined
let last: { key: string; embedding: Embedding } | undefined

answerInThread(async (message): Promise<ModelReply> => {
  const request = ModelRequestSchema.parse(message)
  try {
    const model = await modelOf(request.files)
    if (request.kind === 'inspect') return { kind: 'ready', version: model.version }
    const embedding = await embeddingOf(model, request)
    return request.kind === 'embed' ? { kind: 'ready', version: model.version } : { kind: 'answer', answer: await answer(model, embedding, request) }
  } catch (error) {
    if (error instanceof ModelRefused) return { kind: 'refused', file: error.file, detail: error.message }
    throw error
  }
})

async function modelOf(files: ModelFiles): Promise<Model> {
  const key = JSON.stringify(files)
  if (loaded?.key !== key) loaded = { key, model: await loadModel(files) }
  return loaded.model
}

async function embeddingOf(model: Model, { source, region, folder }: OnImage): Promise<Embedding> {
  const key = `${source.key.replace(/\W/g, '-')}-${model.version}`
  if (last?.key === key) return last.embedding
  const files = new EmbeddingFiles(folder)
  const kept = await files.read(key)
  const embedding = kept ?? (await embed(model, await rasters.read(source, region)))
  if (kept === undefined) await files.write(key, embedding)
  last = { key, embedding }
  return embedding
}

async function answer(model: Model, embedding: Embedding, { files, question, region, image }: Extract<ModelRequest, { kind: 'ask' }>): Promise<AssistRegion> {
  const pixels = await segment(model, embedding, region, question.prompts, question.box)
  const name = basename(files.encoder).replace(/\.onnx$/i, '')
  return proposalOf(pixels, region, image, { tool: 'segmentAnything', model: name, modelVersion: model.version }, question.withMask)
}
