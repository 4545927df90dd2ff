import { color as parseColor } from 'd3-color'
import { interpolateInferno, interpolateMagma, interpolateViridis } from 'd3-scale-chromatic'
import type { Adjustments, FalseColor } from '../../editor/store/adjustments.ts'

/** Red, green and blue from 0 to 1. */
type Rgb = readonly [number, number, number]
/** What makes the adjusted image out of the original: a mix of channels, if any, and then a table of 256 values for each channel. All from 0 to 1. */
export interface FilterTables { readonly mix: Rgb | undefined; readonly tables: readonly [readonly number[], readonly number[], readonly number[]] }

const LEVELS = Array.from({ length: 256 }, (_, level) => level / 255)
/** Luma by ITU-R BT.601. */
const LUMA: Rgb = [0.299, 0.587, 0.114]
const MIXES: Readonly<Record<Adjustments['channel'], Rgb | undefined>> = { all: undefined, red: [1, 0, 0], green: [0, 1, 0], blue: [0, 0, 1], grey: LUMA }
const SCALES: Readonly<Record<FalseColor, ((value: number) => Rgb) | undefined>> = {
  none: undefined, viridis: scale(interpolateViridis), inferno: scale(interpolateInferno), magma: scale(interpolateMagma), jet,
}

export function filterTables(adjustments: Adjustments): FilterTables {
  const curve = LEVELS.map((value) => tone(adjustments, value))
  const falseColor = SCALES[adjustments.falseColor]
  const mix = MIXES[adjustments.channel]
  if (falseColor === undefined) return { mix, tables: [curve, curve, curve] }
  const colors = curve.map(falseColor)
  return { mix: mix ?? LUMA, tables: [colors.map(([red]) => red), colors.map(([, green]) => green), colors.map(([, , blue]) => blue)] }
}

/** What becomes of one value from 0 to 1: brightness, contrast, gamma, and then its inverse if asked for. */
export function tone({ brightness, contrast, gamma, invert }: Adjustments, value: number): number {
  // Full contrast would be an infinite slope.
  const slope = Math.tan((Math.min(contrast, 0.999) + 1) * (Math.PI / 4))
  const steeper = clamp((value + brightness - 0.5) * slope + 0.5)
  const bent = steeper ** (1 / gamma)
  return invert ? 1 - bent : bent
}

function scale(interpolate: (value: number) => string): (value: number) => Rgb {
  return (value) => {
    const { r, g, b } = parseColor(interpolate(value))?.rgb() ?? { r: 0, g: 0, b: 0 }
    return [r / 255, g / 255, b / 255]
  }
}

/** MATLAB's colour map of that name: blue, cyan, yellow, red, each a ramp of a quarter. */
function jet(value: number): Rgb {
  const ramp = (middle: number) => clamp(1.5 - Math.abs(4 * value - middle))
  return [ramp(3), ramp(2), ramp(1)]
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value))
}
