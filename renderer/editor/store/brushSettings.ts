import type { BrushTip } from '../../../shared/geometry/brush.ts'

/** How masks are painted. `diameter` in image pixels, at full pressure. */
export interface BrushSettings {
  readonly diameter: number
  readonly tip: BrushTip
  /** Painting leaves out what other masks have. */
  readonly protectOthers: boolean
}

/** What a stroke does to a mask. */
export type BrushEffect = 'paint' | 'erase'

export const DEFAULT_BRUSH: BrushSettings = { diameter: 24, tip: 'round', protectOthers: false }
export const LEAST_DIAMETER = 1
export const MOST_DIAMETER = 2000
