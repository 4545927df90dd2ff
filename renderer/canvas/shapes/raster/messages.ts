import type { Pose } from '../../held/pose.ts'
import type { PackedShapes } from './packedShapes.ts'
import type { Clip } from './pixels.ts'
import type { Share } from './shares.ts'

/**
 * What a picture shows of all the shapes. `fillOpacity` 0 to 1, `outlineWidth` in CSS pixels; `labels` asks which shapes have room for one, `first` for a part of
 * the picture as soon as it is there.
 */
export interface PictureRequest {
  /** No other picture that the window asks for has it, whatever the task. */
  readonly number: number
  readonly pose: Pose
  readonly fillOpacity: number
  readonly outlineWidth: number
  readonly labels: boolean
  readonly first: Clip | undefined
}

/** What happens to the shapes that can be drawn. They are named by their numbers: those of `load` from 0, those of each `change` after all before. */
export type SceneChange =
  | { readonly type: 'load'; readonly shapes: PackedShapes }
  | { readonly type: 'change'; readonly removed: readonly number[]; readonly added: PackedShapes }
  | { readonly type: 'hide'; readonly numbers: Uint32Array<ArrayBuffer> }

/** The task is closed, and the next message comes from another one. */
export interface Forget { readonly type: 'forget' }

/** From the window to the thread that rasterises. */
export type ToRasterizer = SceneChange | Forget | { readonly type: 'picture'; readonly request: PictureRequest }

/** And back. */
export interface RasterPicture {
  readonly number: number
  /** Whether it is the whole, or only what was asked for first. */
  readonly part: 'whole' | 'first'
  readonly bitmap: ImageBitmap
  /** The shapes in the picture that the window has to paint by itself, and those that it has to label. */
  readonly byHand: readonly number[]
  readonly labelled: readonly number[]
}

/** From there to a thread that draws a share of each picture: which one, first of all. */
export type ToHelper = ToRasterizer | { readonly type: 'share'; readonly share: Share }

/** And back: the pixels of its share in a part of a picture, as `takeBands` takes them. */
export interface FromHelper {
  readonly number: number
  readonly part: RasterPicture['part']
  readonly taken: Int32Array<ArrayBuffer>
}
