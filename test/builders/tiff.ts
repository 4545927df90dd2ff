interface TiffImage {
  width: number
  height: number
  /** Values for each pixel. */
  samples: number
  /** Row by row, all values of a pixel together; its kind of array is that of the file. */
  data: Uint8Array | Uint16Array | Int16Array | Uint32Array | Float32Array | Float64Array
}

const [SHORT, LONG] = [3, 4]
const PIXELS_AT = 8

/** An uncompressed TIFF 6.0 file of one strip: greyscale with one, two or more than three samples, red, green and blue with three. */
export function tiffOf({ width, height, samples, data }: TiffImage): Uint8Array {
  const pixels = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const each = (value: number) => Array.from({ length: samples }, () => value)
  const extra = samples === 3 ? 0 : samples - 1
  const tags: [tag: number, type: number, values: number[]][] = [
    [256, LONG, [width]], [257, LONG, [height]], [258, SHORT, each(data.BYTES_PER_ELEMENT * 8)], [259, SHORT, [1]], [262, SHORT, [samples === 3 ? 2 : 1]],
    [273, LONG, [PIXELS_AT]], [277, SHORT, [samples]], [278, LONG, [height]], [279, LONG, [pixels.length]],
    ...(extra > 0 ? [[338, SHORT, Array.from({ length: extra }, () => 0)] as [number, number, number[]]] : []),
    [339, SHORT, each(sampleFormat(data))],
  ]
  const directoryAt = PIXELS_AT + pixels.length
  const directory = Buffer.alloc(2 + tags.length * 12 + 4)
  directory.writeUInt16LE(tags.length)
  const beyond: Buffer[] = []
  let beyondAt = directoryAt + directory.length
  for (const [index, [tag, type, values]] of tags.entries()) {
    const at = 2 + index * 12
    directory.writeUInt16LE(tag, at)
    directory.writeUInt16LE(type, at + 2)
    directory.writeUInt32LE(values.length, at + 4)
    const bytes = Buffer.from(type === SHORT ? new Uint16Array(values).buffer : new Uint32Array(values).buffer)
    if (bytes.length <= 4) bytes.copy(directory, at + 8)
    else {
      directory.writeUInt32LE(beyondAt, at + 8)
      beyond.push(bytes)
      beyondAt += bytes.length
    }
  }
  const header = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])
  header.writeUInt32LE(directoryAt, 4)
  return Buffer.concat([header, pixels, directory, ...beyond])
}

function sampleFormat(data: TiffImage['data']): number {
  if (data instanceof Float32Array || data instanceof Float64Array) return 3
  return data instanceof Int16Array ? 2 : 1
}
