import type { InferenceSession } from 'onnxruntime-node'

/** How an encoder wants its image: as it is (rows, columns, channels; 0 to 255), or normalised, channels first and padded to a square of `side` pixels. */
export type EncoderInput = { readonly kind: 'plain'; readonly name: string } | { readonly kind: 'normalised'; readonly name: string; readonly side: number }

const DECODER_INPUTS = ['image_embeddings', 'point_coords', 'point_labels', 'mask_input', 'has_mask_input', 'orig_im_size']
const DECODER_OUTPUTS = ['masks', 'iou_predictions']
/** The side of the images that segment-anything models were trained on. */
export const IMAGE_SIDE = 1024

/** What the encoder takes; a text says what is wrong with it. */
export function encoderInputOf({ inputMetadata, outputNames }: Pick<InferenceSession, 'inputMetadata' | 'outputNames'>): EncoderInput | string {
  const [input, ...others] = inputMetadata
  if (!outputNames.includes('image_embeddings')) return `without an output image_embeddings, but with ${outputNames.join(', ')}`
  if (input === undefined || others.length > 0 || !input.isTensor || input.type !== 'float32') return 'not one image of float32 numbers as its input'
  const { name, shape } = input
  if (shape.length === 3) return { kind: 'plain', name }
  if (shape.length !== 4) return `an input with ${shape.length} dimensions`
  const side = shape[3]
  return { kind: 'normalised', name, side: typeof side === 'number' && side > 0 ? side : IMAGE_SIDE }
}

/** The inputs and outputs that every export of the decoder has and this one does not. */
export function missingDecoderNames({ inputNames, outputNames }: Pick<InferenceSession, 'inputNames' | 'outputNames'>): string[] {
  return [...DECODER_INPUTS.filter((name) => !inputNames.includes(name)), ...DECODER_OUTPUTS.filter((name) => !outputNames.includes(name))]
}
