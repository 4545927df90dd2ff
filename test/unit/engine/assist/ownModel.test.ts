import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { OwnModel } from '../../../../electron/engine/assist/model/ownModel.ts'
import { encoderInputOf } from '../../../../electron/engine/assist/model/modelShape.ts'
import type { AssistAnswer } from '../../../../shared/domain/assist.ts'
import type { ModelFiles } from '../../../../shared/domain/segmentModel.ts'
import { tinyDecoder, tinyEncoder } from '../../../builders/onnx.ts'
import { ASSET, cachedPicture, likeness, maskLikeness, OBJECT, objectPicture } from './pictures.ts'

const folder = mkdtempSync(join(tmpdir(), 'fieldmark-model-'))
const files: ModelFiles = { encoder: join(folder, 'tiny.encoder.onnx'), decoder: join(folder, 'tiny.decoder.onnx') }
writeFileSync(files.encoder, tinyEncoder())
writeFileSync(files.decoder, tinyDecoder())
const embeddings = join(folder, 'embeddings')
const picture = await objectPicture()
const never = new AbortController().signal
const opened: OwnModel[] = []

function open(chosen: ModelFiles | undefined = files, bytes = picture): OwnModel {
  const model = new OwnModel(cachedPicture(bytes), () => chosen, embeddings)
  opened.push(model)
  return model
}
const atCentre = { tool: 'segmentAnything' as const, withMask: true, prompts: [{ point: [OBJECT.cx, OBJECT.cy] as const, subtract: false }] }
const regionOf = (answer: AssistAnswer) => (answer.kind === 'region' ? answer : undefined)

describe('an own model', () => {
  afterAll(async () => {
    await Promise.all(opened.map((model) => model.close()))
    rmSync(folder, { recursive: true })
  })

  it('segments what was clicked at, and is named with a hash of its files', async () => {
    const model = open()
    expect(await model.prepare(ASSET, never)).toBeUndefined()
    const found = regionOf(await model.ask(ASSET, atCentre, never))
    expect(likeness(found?.parts[0] ?? [])).toBeGreaterThan(0.97)
    expect(found?.mask && maskLikeness(found.mask)).toBeGreaterThan(0.97)
    expect(found?.assistant).toEqual({ tool: 'segmentAnything', model: 'tiny.encoder', modelVersion: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
  })

  it('keeps what its encoder made of an image', async () => {
    expect(readdirSync(embeddings)).toHaveLength(1)
    // The second model gets a picture that cannot be decoded, and needs none.
    const found = regionOf(await open(files, new Uint8Array(8)).ask(ASSET, atCentre, never))
    expect(likeness(found?.parts[0] ?? [])).toBeGreaterThan(0.97)
  })

  it('is refused by name of what does not fit', async () => {
    const model = open()
    expect(await model.inspect(files, never)).toMatchObject({ kind: 'fits' })
    expect(await model.inspect({ encoder: files.decoder, decoder: files.decoder }, never)).toMatchObject({ kind: 'refused', file: 'encoder', detail: expect.stringContaining('image_embeddings') as string })
    expect(await model.inspect({ encoder: files.encoder, decoder: files.encoder }, never)).toMatchObject({ kind: 'refused', file: 'decoder', detail: expect.stringContaining('point_coords') as string })
    expect(await model.inspect({ encoder: join(folder, 'nothing.onnx'), decoder: files.decoder }, never)).toMatchObject({ kind: 'refused', file: 'encoder' })
  })

  it('says when none was chosen, and when the chosen one cannot be run any more', async () => {
    const none = new OwnModel(cachedPicture(picture), () => undefined, embeddings)
    expect(await none.prepare(ASSET, never)).toBe('noModel')
    expect(await open({ encoder: join(folder, 'gone.onnx'), decoder: files.decoder }).ask(ASSET, atCentre, never)).toEqual({ kind: 'failed', reason: 'modelFailed' })
  })
})

describe('what an encoder takes', () => {
  const encoder = (shape: (number | string)[], type = 'float32') => encoderInputOf({
    inputMetadata: [{ isTensor: true, name: 'image', type, shape } as never], outputNames: ['image_embeddings'],
  })

  it('is an image as it is, or a normalised square', () => {
    expect(encoder(['h', 'w', 3])).toEqual({ kind: 'plain', name: 'image' })
    expect(encoder([1, 3, 1024, 1024])).toEqual({ kind: 'normalised', name: 'image', side: 1024 })
    expect(encoder(['b', 3, 'h', 'w'])).toEqual({ kind: 'normalised', name: 'image', side: 1024 })
    expect(encoder([1, 5])).toContain('2 dimensions')
    expect(encoder([1, 3, 8, 8], 'uint8')).toContain('float32')
  })
})
