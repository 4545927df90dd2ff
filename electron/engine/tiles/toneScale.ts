/** The byte to show for a value. */
export type ToneScale = (value: number) => number

const STEPS = 65_536
/** The share of values at either end that may be cut off: a few hot pixels must not make everything else black. */
const OUTLIERS = 0.001

/**
 * Spreads the values in use, but for one in a thousand at either end, evenly from black to white; an image of one value is black. All channels share
 * the scale, so that colours stay. Undefined when a value is not a finite number.
 * @param parts gives all values each time it is called, `bands` for each pixel; the first three of them count
 */
export function toneScaleOf(parts: () => Iterable<ArrayLike<number>>, bands: number): ToneScale | undefined {
  let [low, high, isSound] = [Infinity, -Infinity, true]
  eachShown(parts(), bands, (value) => {
    if (value < low) low = value
    if (value > high) high = value
    isSound &&= Number.isFinite(value)
  })
  if (!isSound) return undefined
  const step = (high - low) / (STEPS - 1) || 1
  const counts = new Float64Array(STEPS)
  let total = 0
  eachShown(parts(), bands, (value) => {
    const index = Math.round((value - low) / step)
    counts[index] = (counts[index] ?? 0) + 1
    total++
  })
  const [darkest, brightest] = [low + step * stepAfter(counts, total * OUTLIERS), low + step * stepAfter(counts, total * (1 - OUTLIERS))]
  // All but outliers is one value: then the outliers are what there is to see.
  return darkest < brightest ? scaleBetween(darkest, brightest) : scaleBetween(low, high)
}

function scaleBetween(darkest: number, brightest: number): ToneScale {
  const factor = 255 / (brightest - darkest || 1)
  return (value) => Math.round((Math.min(Math.max(value, darkest), brightest) - darkest) * factor)
}

function eachShown(parts: Iterable<ArrayLike<number>>, bands: number, visit: (value: number) => void): void {
  const shown = Math.min(3, bands)
  for (const values of parts) {
    for (let pixel = 0; pixel < values.length; pixel += bands) {
      for (let band = 0; band < shown; band++) visit(values[pixel + band] ?? 0)
    }
  }
}

/** The step that is reached when `rank` values, in rising order, were passed. */
function stepAfter(counts: Float64Array, rank: number): number {
  let passed = 0
  const step = counts.findIndex((count) => (passed += count) > rank)
  return step < 0 ? STEPS - 1 : step
}
