import { color as parseColor } from 'd3-color'
import { interpolateRdYlGn, interpolateSinebow } from 'd3-scale-chromatic'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { ColorBy, Display } from '../../../shared/domain/display.ts'
import type { ShapeId } from '../../../shared/domain/ids.ts'
import type { Provenance } from '../../../shared/domain/shape.ts'

/** Where a shape on the canvas comes from: a draft's provenance, or a prediction that waits for a decision. */
export type ShapeSource = Provenance['source'] | 'prediction'

/** What the look of a shape depends on. `confidence` (0 to 1) is missing where no model was involved. */
export interface Styled { readonly id: ShapeId; readonly classColor: string; readonly source: ShapeSource; readonly confidence: number | undefined }

/** How all shapes of a layer are drawn, whatever their colour. Widths in CSS pixels. */
export interface PaintStyle { readonly dashed: boolean; readonly fillOpacity: number; readonly maskOpacity: number; readonly outlineWidth: number; readonly outlineOpacity: number }

/** Apart from each other for colour-blind eyes too (Okabe and Ito, https://jfly.uni-koeln.de/color/; the last is Paul Tol's wine). */
export const SOURCE_COLORS: Readonly<Record<ShapeSource, string>> = {
  human: '#56b4e9', acceptedPrediction: '#009e73', editedPrediction: '#f0e442', prediction: '#cc79a7',
  assisted: '#0072b2', editedAssisted: '#e69f00', consensus: '#d55e00', editedConsensus: '#882255',
}
/** The colour of a shape that no model had a part in, where colour says how sure a model was. */
export const NO_CONFIDENCE_COLOR = '#b4b6b9'

const PREDICTION_FILL = 0.25
const REMOVED = 0.5

/** The colour of a shape as #rrggbb. */
export function shapeColor({ id, classColor, source, confidence }: Styled, by: ColorBy): string {
  switch (by) {
    case 'class': return classColor
    case 'instance': return hex(interpolateSinebow(shareOf(id)))
    case 'source': return SOURCE_COLORS[source]
    case 'confidence': return confidence === undefined ? NO_CONFIDENCE_COLOR : confidenceColor(confidence)
    default: return assertNever(by)
  }
}

/** From red for 0 over yellow to green for 1, as #rrggbb. */
export function confidenceColor(confidence: number): string {
  return hex(interpolateRdYlGn(confidence))
}

/** A mask has no outline to be seen by, so it is filled more strongly; a prediction is dashed and nearly clear; of what was taken away a faint dashed line is left. */
export function paintStyle({ fillOpacity, outlineWidth }: Pick<Display, 'fillOpacity' | 'outlineWidth'>, of: 'shapes' | 'predictions' | 'removed'): PaintStyle {
  const maskOpacity = Math.sqrt(fillOpacity)
  switch (of) {
    case 'shapes': return { dashed: false, fillOpacity, maskOpacity, outlineWidth, outlineOpacity: 1 }
    case 'predictions': return { dashed: true, fillOpacity: PREDICTION_FILL * fillOpacity, maskOpacity, outlineWidth, outlineOpacity: 1 }
    case 'removed': return { dashed: true, fillOpacity: 0, maskOpacity: REMOVED * maskOpacity, outlineWidth, outlineOpacity: REMOVED }
    default: return assertNever(of, 'layer')
  }
}

/** A share from 0 to 1 that stays with an id and differs widely between ids (FNV-1a, spread by the golden ratio). */
function shareOf(id: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193) >>> 0
  return (hash * 0.618033988749895) % 1
}

function hex(color: string): string {
  return parseColor(color)?.formatHex() ?? NO_CONFIDENCE_COLOR
}
