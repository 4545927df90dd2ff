/** Which of an image's channels is looked at; `grey` is their luma. */
export const CHANNELS = ['all', 'red', 'green', 'blue', 'grey'] as const
export const FALSE_COLORS = ['none', 'viridis', 'inferno', 'magma', 'jet'] as const
export type FalseColor = (typeof FALSE_COLORS)[number]

/**
 * How the image is shown in other colours than its own. Brightness is added to values from 0 to 1 and lies in [-1, 1]; contrast steepens from -1 (flat)
 * over 0 to 1 (a step); values are raised to 1 / `gamma`, which lies in [0.1, 5].
 */
export interface Adjustments {
  readonly brightness: number
  readonly contrast: number
  readonly gamma: number
  readonly channel: (typeof CHANNELS)[number]
  readonly falseColor: FalseColor
  readonly invert: boolean
}

/** The image in its own colours. */
export const UNADJUSTED: Adjustments = { brightness: 0, contrast: 0, gamma: 1, channel: 'all', falseColor: 'none', invert: false }

export function isUnadjusted({ brightness, contrast, gamma, channel, falseColor, invert }: Adjustments): boolean {
  return brightness === 0 && contrast === 0 && gamma === 1 && channel === 'all' && falseColor === 'none' && !invert
}

/** The adjustments in force: none while the original is shown. */
export function adjustmentsShown({ adjustments, adjusted }: { readonly adjustments: Adjustments; readonly adjusted: boolean }): Adjustments | undefined {
  return adjusted && !isUnadjusted(adjustments) ? adjustments : undefined
}
