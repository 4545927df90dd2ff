import type { SurfaceInput, SurfaceResult, SurfaceWorkKind } from '../../../../shared/geometry/surfaceWork.ts'

/** A piece of work for the thread. */
export type WorkRequest = { [K in SurfaceWorkKind]: { readonly id: number; readonly kind: K; readonly input: SurfaceInput<K> } }[SurfaceWorkKind]
/** What came of it. */
export type WorkReply =
  | { readonly id: number; readonly kind: 'done'; readonly result: SurfaceResult<SurfaceWorkKind> }
  | { readonly id: number; readonly kind: 'failed'; readonly detail: string }
