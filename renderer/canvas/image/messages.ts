import type { Size } from '../../../shared/geometry/box.ts'

/** From the window to the thread that decodes: `expected` as for `loadBitmap`, and what is not wanted any longer. */
export type ToDecoder =
  | { readonly kind: 'load'; readonly id: number; readonly url: string; readonly expected: Size | undefined }
  | { readonly kind: 'giveUp'; readonly id: number }

/** And back. */
export type FromDecoder =
  | { readonly kind: 'decoded'; readonly id: number; readonly bitmap: ImageBitmap }
  | { readonly kind: 'failed'; readonly id: number; readonly detail: string }
