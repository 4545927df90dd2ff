/** Rows of pixels with `channels` bytes each, top row first; `width` and `height` in pixels. */
export interface Strip {
  width: number
  height: number
  channels: number
  data: Uint8Array
}

/** A rectangle of a strip as a strip of its own. */
export function cropStrip(strip: Strip, left: number, width: number): Strip {
  const { height, channels } = strip
  const data = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++) {
    const from = (y * strip.width + left) * channels
    data.set(strip.data.subarray(from, from + width * channels), y * width * channels)
  }
  return { width, height, channels, data }
}

/** Half the size, rounded up; each pixel is the mean of four, at odd edges of two or one. */
export function halveStrip(strip: Strip): Strip {
  const { channels, data: from } = strip
  const width = Math.ceil(strip.width / 2)
  const height = Math.ceil(strip.height / 2)
  const data = new Uint8Array(width * height * channels)
  let at = 0
  for (let y = 0; y < height; y++) {
    const upper = 2 * y * strip.width
    const lower = Math.min(2 * y + 1, strip.height - 1) * strip.width
    for (let x = 0; x < width; x++) {
      const left = 2 * x
      const right = Math.min(left + 1, strip.width - 1)
      for (let channel = 0; channel < channels; channel++) {
        const sum =
          byteAt(from, (upper + left) * channels + channel) + byteAt(from, (upper + right) * channels + channel) +
          byteAt(from, (lower + left) * channels + channel) + byteAt(from, (lower + right) * channels + channel)
        data[at++] = (sum + 2) >> 2
      }
    }
  }
  return { width, height, channels, data }
}

function byteAt(data: Uint8Array, index: number): number {
  return data[index] ?? 0
}
