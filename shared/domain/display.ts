import { z } from 'zod'

export const COLOR_BY = ['class', 'instance', 'source', 'confidence'] as const
export const LABELS_SHOWN = ['all', 'selected', 'none'] as const

/**
 * How shapes are shown to a person; nothing of it is part of the labels. `fillOpacity` 0 to 1, `outlineWidth` in CSS pixels, `loupeFactor` by how
 * much the loupe magnifies what is on the screen.
 */
export const DisplaySchema = z.object({
  colorBy: z.enum(COLOR_BY),
  fillOpacity: z.number().min(0).max(1),
  outlineWidth: z.number().min(0.5).max(6),
  labels: z.enum(LABELS_SHOWN),
  crosshair: z.boolean(),
  pixelGrid: z.boolean(),
  minimap: z.boolean(),
  loupeFactor: z.int().min(2).max(16),
})
export type Display = z.infer<typeof DisplaySchema>
export type ColorBy = Display['colorBy']

export const DEFAULT_DISPLAY: Display = {
  colorBy: 'class', fillOpacity: 0.16, outlineWidth: 1.5, labels: 'all', crosshair: true, pixelGrid: true, minimap: true, loupeFactor: 4,
}
