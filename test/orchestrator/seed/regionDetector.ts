import type { Point } from '../../../shared/geometry/point.ts'
import { outlineOf } from './outline.ts'
import type { Raster } from './photographs.ts'

/** A connected region: its outline in image pixels (holes are filled) and a confidence from 0 to 1. */
export type FoundRegion = { readonly outline: readonly Point[]; readonly area: number; readonly confidence: number }

export type RegionDetector = {
  /** How much one pixel looks like what is sought, 0 to 255, from its red, green and blue. */
  readonly score: (red: number, green: number, blue: number) => number
  /** Half the side of the square over which the score is averaged, in pixels. */
  readonly smoothing: number
  /** Averages at or above this belong to a region. */
  readonly threshold: number
  /** The average that counts as certain. */
  readonly certain: number
  /** Regions with fewer pixels are dropped. */
  readonly minArea: number
  /** How far the outline may stray from the pixels' edges, in pixels. */
  readonly tolerance: number
}

/** City lights are the only warm pixels of the night raster: red over blue. */
export const nightLights: RegionDetector = {
  score: (red, _green, blue) => Math.max(0, red - blue), smoothing: 1, threshold: 4, certain: 20, minArea: 15, tolerance: 0.8,
}

/** Clouds are bright and colourless. So are snow, ice and salt: the mistakes that this detector makes. */
export const brightClouds: RegionDetector = {
  score: (red, green, blue) => Math.min(red, green, blue), smoothing: 3, threshold: 110, certain: 185, minArea: 150, tolerance: 1.5,
}

/**
 * A classical detector, nothing learned: scores each pixel, averages over a square, keeps what reaches the threshold, joins
 * neighbours by side and traces each region's outline. Confidence is 0.1 at the threshold and rises with the region's mean score to 1.
 */
export function detectRegions(image: Raster, detector: RegionDetector): FoundRegion[] {
  const average = smooth(scorePixels(image, detector), image.width, image.height, detector.smoothing)
  const labels = new Int32Array(image.width * image.height)
  const regions: FoundRegion[] = []
  for (let start = 0, label = 0; start < labels.length; start++) {
    if (labels[start] !== 0 || valueAt(average, start) < detector.threshold) continue
    const { area, sum } = flood(average, labels, image.width, start, ++label, detector.threshold)
    if (area < detector.minArea) continue
    const outline = outlineOf({ labels, width: image.width, height: image.height }, start, label, detector.tolerance)
    if (outline.length < 3) continue
    const contrast = (sum / area - detector.threshold) / (detector.certain - detector.threshold)
    regions.push({ outline, area, confidence: Math.min(1, 0.1 + 0.9 * contrast) })
  }
  return regions.sort((a, b) => b.confidence - a.confidence)
}

function scorePixels(image: Raster, detector: RegionDetector): Float32Array {
  const scores = new Float32Array(image.width * image.height)
  const { data } = image
  for (let pixel = 0; pixel < scores.length; pixel++) {
    scores[pixel] = detector.score(data[pixel * 3] ?? 0, data[pixel * 3 + 1] ?? 0, data[pixel * 3 + 2] ?? 0)
  }
  return scores
}

/** The mean over a square of side 2 radius + 1, cut at the image's edges; by rows, then by columns. */
function smooth(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const byRows = new Float32Array(values.length)
  for (let y = 0; y < height; y++) slide(values, byRows, y * width, 1, width, radius)
  const result = new Float32Array(values.length)
  for (let x = 0; x < width; x++) slide(byRows, result, x, width, height, radius)
  return result
}

function slide(from: Float32Array, to: Float32Array, start: number, step: number, count: number, radius: number): void {
  let sum = 0
  for (let i = 0; i < Math.min(radius, count); i++) sum += valueAt(from, start + i * step)
  for (let i = 0; i < count; i++) {
    if (i + radius < count) sum += valueAt(from, start + (i + radius) * step)
    if (i - radius > 0) sum -= valueAt(from, start + (i - radius - 1) * step)
    to[start + i * step] = sum / (Math.min(count - 1, i + radius) - Math.max(0, i - radius) + 1)
  }
}

function flood(average: Float32Array, labels: Int32Array, width: number, start: number, label: number, threshold: number): { area: number; sum: number } {
  const waiting = [start]
  labels[start] = label
  let area = 0
  let sum = 0
  for (let pixel = waiting.pop(); pixel !== undefined; pixel = waiting.pop()) {
    area++
    sum += valueAt(average, pixel)
    const x = pixel % width
    const neighbours = [pixel - width, pixel + width, ...(x > 0 ? [pixel - 1] : []), ...(x < width - 1 ? [pixel + 1] : [])]
    for (const next of neighbours) {
      if (labels[next] !== 0 || valueAt(average, next) < threshold) continue
      labels[next] = label
      waiting.push(next)
    }
  }
  return { area, sum }
}

function valueAt(values: Float32Array, index: number): number {
  return values[index] ?? 0
}
