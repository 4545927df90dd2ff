import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import type * as Onnx from 'onnxruntime-node'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { Sha256Schema, type Sha256 } from '../../../../shared/domain/ids.ts'
import type { ModelFiles } from '../../../../shared/domain/segmentModel.ts'
import { encoderInputOf, missingDecoderNames, type EncoderInput } from './modelShape.ts'

/** Loaded when a model is first used, for it is machine code. */
export function onnx(): typeof Onnx {
  return createRequire(import.meta.url)('onnxruntime-node') as typeof Onnx
}

export interface Model { readonly encoder: InferenceSession; readonly decoder: InferenceSession; readonly input: EncoderInput; readonly version: Sha256 }

/** Why files are no model that can be run. */
export class ModelRefused extends Error {
  readonly file: 'encoder' | 'decoder'
  constructor(file: 'encoder' | 'decoder', detail: string) {
    super(detail)
    this.file = file
  }
}

/** Loads both files and checks what they take and give. @throws ModelRefused. */
export async function loadModel({ encoder, decoder }: ModelFiles): Promise<Model> {
  const sessions = { encoder: await open('encoder', encoder), decoder: await open('decoder', decoder) }
  const input = encoderInputOf(sessions.encoder)
  if (typeof input === 'string') throw new ModelRefused('encoder', input)
  const missing = missingDecoderNames(sessions.decoder)
  if (missing.length > 0) throw new ModelRefused('decoder', `without ${missing.join(', ')}`)
  return { ...sessions, input, version: await hashOf([encoder, decoder]) }
}

async function open(file: 'encoder' | 'decoder', path: string): Promise<InferenceSession> {
  try {
    return await onnx().InferenceSession.create(path, { executionProviders: ['cpu'] })
  } catch (error) {
    throw new ModelRefused(file, error instanceof Error ? error.message : String(error))
  }
}

/** The SHA-256 over the bytes of files, one after another. */
async function hashOf(paths: readonly string[]): Promise<Sha256> {
  const hash = createHash('sha256')
  for (const path of paths) for await (const part of createReadStream(path)) hash.update(part as Buffer)
  return Sha256Schema.parse(hash.digest('hex'))
}

export function floats(tensor: Tensor | undefined, name: string): Float32Array {
  if (tensor?.data instanceof Float32Array) return tensor.data
  throw new Error(`The model gave no numbers for ${name}`)
}
