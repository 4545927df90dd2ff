import type { ShapeId } from '../../../../shared/domain/ids.ts'
import type { ShapeGeometry } from '../../../../shared/domain/shape.ts'
import type { Box } from '../../../../shared/geometry/box.ts'
import type { ResizeHandle } from '../../../../shared/geometry/handles.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { VertexRef } from '../../../../shared/geometry/vertices.ts'
import type { PointerDown } from '../../input/inputEvent.ts'
import type { Mark } from '../../store/editor.ts'

/** What a handle does to the geometry that it was taken hold of with. */
export type Grip = { readonly kind: 'resize'; readonly handle: ResizeHandle } | { readonly kind: 'rotate' }

interface Pressed { readonly start: PointerDown; readonly mark: Mark }
interface Held extends Pressed { readonly id: ShapeId; readonly geometry: ShapeGeometry }

/** Shapes as they were when a movement began, and the box around what moves (image pixels): all of them, or the `vertices` of one. */
export interface Moving { readonly geometries: ReadonlyMap<ShapeId, ShapeGeometry>; readonly bounds: Box; readonly vertices?: readonly VertexRef[] }

export type SelectState =
  /** `clicked` is where the last click was (CSS pixels): another one there goes on through the stack of shapes. */
  | { readonly name: 'idle'; readonly clicked?: Point }
  /** `members` are the shape and its group; `next` is what a click selects instead. */
  | (Pressed & { readonly name: 'pointingShape'; readonly members: ReadonlySet<ShapeId>; readonly wasSelected: boolean; readonly next: ShapeId | undefined })
  | (Pressed & { readonly name: 'translating'; readonly moving: Moving })
  | (Held & { readonly name: 'pointingHandle'; readonly grip: Grip })
  | (Held & { readonly name: 'resizing'; readonly handle: ResizeHandle })
  | (Held & { readonly name: 'rotating' })
  /** `inserted` when the vertex came into being with this gesture and stays even if it is not dragged; `others` go with it. */
  | (Held & {
    readonly name: 'draggingVertex'; readonly ref: VertexRef; readonly others: readonly VertexRef[]; readonly sliding: boolean
    readonly inserted: boolean; readonly dragged: boolean
  })
  | (Pressed & { readonly name: 'pickingVertices'; readonly id: ShapeId })
  | (Pressed & { readonly name: 'pointingCanvas' })
  | (Pressed & { readonly name: 'brushing' })
  | (Pressed & { readonly name: 'pointingLasso' })
  | (Pressed & { readonly name: 'lassoing'; readonly points: readonly Point[] })
  | { readonly name: 'nudging'; readonly mark: Mark; readonly moving: Moving; readonly delta: Point }
