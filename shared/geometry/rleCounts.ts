import type { Rle } from './rle.ts'

/**
 * The run lengths of a compressed mask: background first, then foreground, in turn, column by column.
 * The text is as written by `rleToString` of pycocotools' `common/maskApi.c`.
 * @throws RangeError when the text is malformed or its runs do not fill the mask.
 */
export function decodeCounts(rle: Rle): number[] {
  const [height, width] = rle.size
  const counts: number[] = []
  let at = 0
  let total = 0
  while (at < rle.counts.length) {
    const { value, next } = readNumber(rle.counts, at)
    // From the fourth run on, the difference to the run two before is stored.
    const count = counts.length > 2 ? value + (counts[counts.length - 2] ?? 0) : value
    total += count
    if (count < 0 || total > height * width) throw new RangeError(`The runs of a ${width} x ${height} mask do not fit it`)
    counts.push(count)
    at = next
  }
  if (total !== height * width) throw new RangeError(`The runs of a ${width} x ${height} mask do not fill it`)
  return counts
}

/** Run lengths (background first) as text, the inverse of `decodeCounts`. `size` is [height, width] in pixels. */
export function encodeCounts(counts: readonly number[], size: Rle['size']): Rle {
  const parts: string[] = []
  let codes: number[] = []
  counts.forEach((count, index) => {
    writeNumber(index > 2 ? count - (counts[index - 2] ?? 0) : count, codes)
    if (codes.length < CHUNK) return
    parts.push(String.fromCharCode(...codes))
    codes = []
  })
  return { size, counts: parts.join('') + String.fromCharCode(...codes) }
}

/** How many characters are made at once; engines limit the arguments of a call. */
const CHUNK = 4096

// Arithmetic rather than bit operations: those of JavaScript end at 32 bits.
function readNumber(text: string, start: number): { value: number; next: number } {
  let value = 0
  let weight = 1
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at) - 48
    if (code < 0 || code > 63 || weight > 2 ** 45) break
    value += (code & 31) * weight
    weight *= 32
    if ((code & 32) === 0) return { value: (code & 16) === 0 ? value : value - weight, next: at + 1 }
  }
  throw new RangeError(`The runs of a mask are malformed at character ${start}`)
}

function writeNumber(number: number, codes: number[]): void {
  let rest = number
  for (;;) {
    const next = Math.floor(rest / 32)
    const digit = rest - next * 32
    rest = next
    const done = (digit & 16) === 0 ? rest === 0 : rest === -1
    codes.push(48 + digit + (done ? 0 : 32))
    if (done) return
  }
}
