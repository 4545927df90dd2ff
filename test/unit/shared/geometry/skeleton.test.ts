import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxHasBox } from '../../../../shared/geometry/box.ts'
import { dragResizeHandle, resizeHandlesOf } from '../../../../shared/geometry/handles.ts'
import { hitsGeometry } from '../../../../shared/geometry/hitTest.ts'
import { geometryBounds, isEmptyGeometry } from '../../../../shared/geometry/measure.ts'
import type { GeometryOf } from '../../../../shared/geometry/shapeGeometry.ts'
import { labelledEdges, skeletonFrame } from '../../../../shared/geometry/skeleton.ts'
import { deleteVertex, moveVertex, verticesOf } from '../../../../shared/geometry/vertices.ts'
import { holds } from '../../../builders/property.ts'
import { skeleton } from './arbitraries.ts'

/** Two eyes and a mouth whose place is not labelled. */
const FACE: GeometryOf<'skeleton'> = { kind: 'skeleton', points: [{ x: 10, y: 10, visibility: 2 }, { x: 30, y: 10, visibility: 1 }, { x: 90, y: 90, visibility: 0 }] }
const EDGES = [[0, 1], [1, 2]] as const

describe('a skeleton', () => {
  it('is bounded by its labelled keypoints, and is nothing without any', () => {
    expect(geometryBounds(FACE)).toEqual({ x: 10, y: 10, width: 20, height: 0 })
    expect(isEmptyGeometry(FACE)).toBe(false)
    expect(isEmptyGeometry({ kind: 'skeleton', points: FACE.points.map((keypoint) => ({ ...keypoint, visibility: 0 })) })).toBe(true)
  })

  it('is hit at labelled keypoints and at the edges between them', () => {
    expect(hitsGeometry(FACE, [11, 13], 2, EDGES)).toBe(true)
    expect(hitsGeometry(FACE, [20, 11], 2, EDGES)).toBe(true)
    expect(hitsGeometry(FACE, [20, 11], 2)).toBe(false)
    expect(hitsGeometry(FACE, [60, 50], 2, EDGES)).toBe(false)
    expect(hitsGeometry(FACE, [90, 90], 2, EDGES)).toBe(false)
    expect(labelledEdges(FACE, EDGES)).toEqual([[[10, 10], [30, 10]]])
  })

  it('has a frame around its keypoints, by which all of them are stretched', () => {
    holds('skeleton frame', fc.property(skeleton({ minLength: 1, maxLength: 8 }), (shape) => { expect(boxHasBox(skeletonFrame(shape), geometryBounds(shape))).toBe(true) }))
    const line: GeometryOf<'skeleton'> = { kind: 'skeleton', points: [{ x: 0, y: 0, visibility: 2 }, { x: 100, y: 100, visibility: 2 }] }
    const [corner] = resizeHandlesOf(line).slice(4)
    expect(corner).toEqual({ handle: 'se', point: [115, 115] })
    expect(dragResizeHandle(line, 'se', [245, 115], false)).toEqual({ kind: 'skeleton', points: [{ x: 15, y: 0, visibility: 2 }, { x: 215, y: 100, visibility: 2 }] })
  })

  it('has its labelled keypoints moved one by one, and taken away down to the last', () => {
    expect(verticesOf(FACE)).toEqual([{ ref: { ring: 0, index: 0 }, point: [10, 10] }, { ref: { ring: 0, index: 1 }, point: [30, 10] }])
    const moved = moveVertex(FACE, { ring: 0, index: 1 }, [40, 12])
    expect(moved).toMatchObject({ points: [{ x: 10 }, { x: 40, y: 12, visibility: 1 }, { x: 90 }] })
    const one = deleteVertex(FACE, { ring: 0, index: 0 }) ?? FACE
    expect(verticesOf(one)).toHaveLength(1)
    expect(deleteVertex(one, { ring: 0, index: 1 })).toBeUndefined()
  })
})
