import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Prompt } from '../../../../shared/domain/assist.ts'
import type { Box } from '../../../../shared/geometry/box.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { Raster } from '../raster.ts'
import { toRaster, type Region } from '../region.ts'
import { floats, onnx, type Model } from './onnx.ts'
import type { EncoderInput } from './modelShape.ts'

/** What the encoder makes of an image; any box and point can be asked about from it. */
export interface Embedding { readonly data: Float32Array; readonly dims: readonly number[] }

/** Mean and deviation of the colours that the models were trained with (segment_anything/modeling/sam.py). */
const MEAN = [123.675, 116.28, 103.53]
const DEVIATION = [58.395, 57.12, 57.375]
/** The side of the mask of an earlier answer, which is never given here. */
const MASK_SIDE = 256
const LABEL = { background: 0, foreground: 1, boxStart: 2, boxEnd: 3, padding: -1 }

export async function embed({ encoder, input }: Model, raster: Raster): Promise<Embedding> {
  const { image_embeddings: found } = await encoder.run({ [input.name]: imageTensor(input, raster) })
  return { data: floats(found, 'image_embeddings'), dims: found?.dims ?? [] }
}

function imageTensor(input: EncoderInput, { data, width, height }: Raster): Tensor {
  const { Tensor } = onnx()
  if (input.kind === 'plain') return new Tensor('float32', Float32Array.from(data), [height, width, 3])
  const { side } = input
  const values = new Float32Array(3 * side * side)
  for (let channel = 0; channel < 3; channel += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        values[(channel * side + y) * side + x] = ((data[(y * width + x) * 3 + channel] ?? 0) - (MEAN[channel] ?? 0)) / (DEVIATION[channel] ?? 1)
      }
    }
  }
  return new Tensor('float32', values, [1, 3, side, side])
}

/** The raster pixels (1 where set) that the model takes for the object; of several answers the one that it trusts most. */
export async function segment({ decoder }: Model, embedding: Embedding, region: Region, prompts: readonly Prompt[], box: Box | undefined): Promise<Uint8Array> {
  const outputs = await decoder.run(decoderInputs(embedding, region, prompts, box))
  const masks = floats(outputs['masks'], 'masks')
  const trust = floats(outputs['iou_predictions'], 'iou_predictions')
  const best = trust.reduce((at, value, index) => (value > (trust[at] ?? 0) ? index : at), 0)
  const size = region.width * region.height
  if (masks.length < (best + 1) * size) throw new Error('The model gave a mask of another size than was asked for')
  return Uint8Array.from(masks.subarray(best * size, (best + 1) * size), (logit) => (logit > 0 ? 1 : 0))
}

function decoderInputs(embedding: Embedding, region: Region, prompts: readonly Prompt[], box: Box | undefined): InferenceSession.FeedsType {
  const { Tensor } = onnx()
  const points: Point[] = prompts.map(({ point }) => toRaster(region, point))
  const labels = prompts.map(({ subtract }) => (subtract ? LABEL.background : LABEL.foreground))
  if (box === undefined) {
    points.push([0, 0])
    labels.push(LABEL.padding)
  } else {
    points.push(toRaster(region, [box.x, box.y]), toRaster(region, [box.x + box.width, box.y + box.height]))
    labels.push(LABEL.boxStart, LABEL.boxEnd)
  }
  return {
    image_embeddings: new Tensor('float32', embedding.data, embedding.dims),
    point_coords: new Tensor('float32', Float32Array.from(points.flat()), [1, points.length, 2]),
    point_labels: new Tensor('float32', Float32Array.from(labels), [1, labels.length]),
    mask_input: new Tensor('float32', new Float32Array(MASK_SIDE * MASK_SIDE), [1, 1, MASK_SIDE, MASK_SIDE]),
    has_mask_input: new Tensor('float32', Float32Array.of(0), [1]),
    orig_im_size: new Tensor('float32', Float32Array.of(region.height, region.width), [2]),
  }
}
