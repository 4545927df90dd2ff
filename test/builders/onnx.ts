/** A field of a protobuf message: its number with a whole number, a text, bytes or a message. https://protobuf.dev/programming-guides/encoding */
type Field = readonly [number: number, value: number | string | Uint8Array]

function message(...fields: Field[]): Uint8Array {
  return Buffer.concat(fields.flatMap(([number, value]) => {
    if (typeof value === 'number') return [varint(number * 8), varint(value)]
    const bytes = typeof value === 'string' ? Buffer.from(value) : value
    return [varint(number * 8 + 2), varint(bytes.length), bytes]
  }))
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Uint8Array.of(...bytes, rest)
}

const FLOAT = 1
const INT64 = 7
const OPSET = 13

/** A value by its name; dimensions that are texts may be of any length. */
const value = (name: string, dims: readonly (number | string)[]): Uint8Array => message([1, name], [2, message([1, message([1, FLOAT], [2, message(
  ...dims.map((dim): Field => [1, typeof dim === 'number' ? message([1, dim]) : message([2, dim])]),
)])])])

const node = (op: string, inputs: string[], output: string, attributes: Uint8Array[] = []): Field =>
  [1, message(...inputs.map((input): Field => [1, input]), [2, output], [4, op], ...attributes.map((attribute): Field => [5, attribute]))]
const intAttribute = (name: string, number: number) => message([1, name], [3, number], [20, 2])
const intsAttribute = (name: string, numbers: number[]) => message([1, name], ...numbers.map((number): Field => [8, number]), [20, 7])

const integers = (name: string, dims: number[], numbers: number[]): Field =>
  [5, message(...dims.map((dim): Field => [1, dim]), [2, INT64], [8, name], [9, new Uint8Array(BigInt64Array.from(numbers.map(BigInt)).buffer)])]
const floats = (name: string, dims: number[], numbers: number[]): Field =>
  [5, message(...dims.map((dim): Field => [1, dim]), [2, FLOAT], [8, name], [9, new Uint8Array(Float32Array.from(numbers).buffer)])]

/** An ONNX model of one graph (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). */
const model = (...graph: Field[]): Uint8Array => message([1, 8], [8, message([1, ''], [2, OPSET])], [7, message(...graph, [2, 'graph'])])

/** An encoder in the manner of segment-anything exports whose embedding is the image itself. */
export function tinyEncoder(): Uint8Array {
  return model(
    node('Unsqueeze', ['input_image', 'first'], 'image_embeddings'), integers('first', [1], [0]),
    [11, value('input_image', ['height', 'width', 3])], [12, value('image_embeddings', [1, 'height', 'width', 3])],
  )
}

/** A decoder that takes for the object what differs in each channel by less than 60 from the colour under the first point. */
export function tinyDecoder(): Uint8Array {
  const named = (output: string, name: string) => node('Identity', [name], output)
  return model(
    node('Squeeze', ['image_embeddings', 'first'], 'image'),
    node('Gather', ['point_coords', 'zero'], 'point', [intAttribute('axis', 1)]),
    node('Cast', ['point'], 'pixel', [intAttribute('to', INT64)]),
    node('Gather', ['pixel', 'swapped'], 'place', [intAttribute('axis', 1)]),
    node('GatherND', ['image', 'place'], 'colour'),
    node('Sub', ['image', 'colour'], 'difference'),
    node('Abs', ['difference'], 'distance'),
    node('ReduceMax', ['distance'], 'most', [intsAttribute('axes', [2]), intAttribute('keepdims', 0)]),
    node('Sub', ['tolerance', 'most'], 'logits'),
    node('Unsqueeze', ['logits', 'two'], 'masks'),
    named('iou_predictions', 'trust'), named('low_res_masks', 'mask_input'),
    integers('first', [1], [0]), integers('zero', [], [0]), integers('swapped', [2], [1, 0]), integers('two', [2], [0, 1]),
    floats('tolerance', [1], [60]), floats('trust', [1, 1], [0.9]),
    [11, value('image_embeddings', [1, 'height', 'width', 3])], [11, value('point_coords', [1, 'points', 2])], [11, value('point_labels', [1, 'points'])],
    [11, value('mask_input', [1, 1, 256, 256])], [11, value('has_mask_input', [1])], [11, value('orig_im_size', [2])],
    [12, value('masks', [1, 1, 'height', 'width'])], [12, value('iou_predictions', [1, 1])], [12, value('low_res_masks', [1, 1, 256, 256])],
  )
}
