import type { Pose } from '../../held/pose.ts'
import type { PackedShapes } from './packedShapes.ts'

/**
 * What a picture shows of all the shapes. `fillOpacity` 0 to 1, `outlineWidth` in CSS pixels; `labels` asks which shapes have room for one, `viewFirst` for the part
 * that is in view as soon as it is there.
 */
export interface PictureRequest {
  readonly number: number
  readonly pose: Pose
  readonly fillOpacity: number
  readonly outlineWidth: number
  readonly labels: boolean
  readonly viewFirst: boolean
}

/** From the window to the thread that rasterises. Shapes are named by their numbers: those of `load` from 0, those of each `change` after all before. */
export type ToRasterizer =
  | { readonly type: 'load'; readonly shapes: PackedShapes }
  | { readonly type: 'change'; readonly removed: readonly number[]; readonly added: PackedShapes }
  | { readonly type: 'hide'; readonly numbers: Uint32Array<ArrayBuffer> }
  | { readonly type: 'picture'; readonly request: PictureRequest }

/** And back. */
export interface RasterPicture {
  readonly number: number
  /** Whether it is the whole, or only what is in view. */
  readonly part: 'whole' | 'view'
  readonly bitmap: ImageBitmap
  /** The shapes in the picture that the window has to paint by itself, and those that it has to label. */
  readonly byHand: readonly number[]
  readonly labelled: readonly number[]
}
