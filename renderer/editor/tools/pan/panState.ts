import type { Camera } from '../../../../shared/geometry/camera.ts'
import type { Point } from '../../../../shared/geometry/point.ts'

/** `spaceHeld` is a state of its own so that letting go of the button goes back to the open hand. */
export type PanState =
  | { readonly name: 'idle' }
  | { readonly name: 'spaceHeld' }
  | { readonly name: 'panning'; readonly from: Point; readonly camera: Camera; readonly spaceHeld: boolean }
