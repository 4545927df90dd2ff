import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxAround, boxCorners } from '../../../../shared/geometry/box.ts'
import { UPRIGHT, cameraToFit, imageToScreen, keepInSight, panCamera, screenToImage, turnCamera, visibleBox, zoomCamera } from '../../../../shared/geometry/camera.ts'
import { dragResizeHandle, dragRotationHandle, resizeHandlesOf, rotationHandleOf } from '../../../../shared/geometry/handles.ts'
import { geometryArea, geometryBounds } from '../../../../shared/geometry/measure.ts'
import type { ShapeGeometry } from '../../../../shared/geometry/shapeGeometry.ts'
import { clampMove, clampPoint, moveGeometry, resizeGeometry, rotateGeometry } from '../../../../shared/geometry/transform.ts'
import { deleteVertex, insertVertex, moveVertex, nearestEdge, verticesOf } from '../../../../shared/geometry/vertices.ts'
import { distance } from '../../../../shared/geometry/vector.ts'
import { holds } from '../../../builders/property.ts'
import { geometry, point, vectorGeometry } from './arbitraries.ts'

const close = (actual: unknown, expected: unknown) => { expect(numbersOf(actual)).toEqual(numbersOf(expected).map((value) => expect.closeTo(value, 4) as number)) }
const numbersOf = (value: unknown): number[] => (typeof value === 'number' ? [value] : value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersOf) : [])
const camera = fc.record({
  x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: -500, max: 500 }), zoom: fc.double({ min: 0.01, max: 50, noNaN: true }),
  rotation: fc.oneof(fc.constantFrom(0, 90, 180, 270), fc.integer({ min: 0, max: 359 })), flipped: fc.boolean(),
})

describe('moving, resizing and turning', () => {
  it('moves there and back', () => {
    holds('move round trip', fc.property(vectorGeometry, point, (shape, [dx, dy]) => {
      const moved = moveGeometry(shape, [dx, dy])
      const from = geometryBounds(shape)
      close(geometryBounds(moved), { ...from, x: from.x + dx, y: from.y + dy })
      close(moveGeometry(moved, [-dx, -dy]), shape)
    }))
  })

  it('stretches there and back, and the area with it', () => {
    holds('resize round trip', fc.property(vectorGeometry, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 }), (shape, across, down) => {
      const from = { x: 10, y: 20, width: 100, height: 100 }
      const to = { x: 50, y: 60, width: 100 * across, height: 100 * down }
      const resized = resizeGeometry(shape, from, to)
      close(resizeGeometry(resized, to, from), shape)
      expect(geometryArea(resized) / across / down).toBeCloseTo(geometryArea(shape), 3)
    }))
  })

  it('turns there and back without changing the area', () => {
    holds('rotate round trip', fc.property(vectorGeometry.filter(({ kind }) => kind !== 'rectangle'), fc.integer({ min: 0, max: 359 }), point, (shape, degrees, centre) => {
      const turned = rotateGeometry(shape, degrees, centre)
      expect(geometryArea(turned)).toBeCloseTo(geometryArea(shape), 3)
      const back = rotateGeometry(turned, -degrees, centre)
      close(geometryBounds(back), geometryBounds(shape))
    }))
  })

  it('makes a rotated rectangle of a turned rectangle', () => {
    expect(rotateGeometry({ kind: 'rectangle', x: 0, y: 0, width: 4, height: 2 }, -90)).toEqual({ kind: 'rotatedRectangle', cx: 2, cy: 1, width: 4, height: 2, rotation: 270 })
  })

  it('leaves every geometry alone when nothing moves', () => {
    holds('no move', fc.property(geometry, (shape) => { expect(moveGeometry(shape, [0, 0])).toBe(shape) }))
  })

  it('keeps what moves on the image, and lets what stands over the edge come back', () => {
    const size = { width: 100, height: 100 }
    expect(clampMove({ x: 10, y: 10, width: 20, height: 20 }, [-50, 500], size)).toEqual([-10, 70])
    expect(clampMove({ x: -20, y: 90, width: 20, height: 20 }, [-5, 5], size)).toEqual([0, 0])
    expect(clampMove({ x: -20, y: 90, width: 20, height: 20 }, [30, -30], size)).toEqual([30, -30])
    expect(clampPoint([120, -3], size)).toEqual([100, 0])
  })
})

describe('handles', () => {
  it('drags any handle with the opposite one fixed', () => {
    const framed = vectorGeometry.filter((shape) => shape.kind === 'rectangle' || shape.kind === 'rotatedRectangle' || shape.kind === 'ellipse')
    holds('resize by handle', fc.property(framed, fc.integer({ min: 0, max: 7 }), point, (shape, index, target) => {
      const before = resizeHandlesOf(shape)
      const { handle } = before[index] ?? { handle: 'se' }
      const fixed = before[(index + 4) % 8]?.point ?? [0, 0]
      const after = resizeHandlesOf(dragResizeHandle(shape, handle, target, false))
      expect(Math.min(...after.map(({ point: place }) => distance(place, fixed)))).toBeLessThan(1e-6)
    }))
  })

  it('brings a corner to the pointer', () => {
    expect(dragResizeHandle({ kind: 'rectangle', x: 0, y: 0, width: 10, height: 10 }, 'nw', [-5, 2], false)).toEqual({ kind: 'rectangle', x: -5, y: 2, width: 15, height: 8 })
  })

  it('turns towards the pointer, and back to where its handle was', () => {
    const shape: ShapeGeometry = { kind: 'ellipse', cx: 10, cy: 10, rx: 5, ry: 3, rotation: 40 }
    const handle = rotationHandleOf(shape, 20) ?? [0, 0]
    close(dragRotationHandle(shape, handle), shape)
    expect(dragRotationHandle(shape, [30, 11], 15)).toMatchObject({ rotation: 90 })
    expect(rotationHandleOf({ kind: 'rectangle', x: 0, y: 0, width: 1, height: 1 }, 20)).toBeUndefined()
  })
})

describe('vertices', () => {
  it('are inserted on an edge without changing the area, and deleted again', () => {
    const polygons = vectorGeometry.filter((shape) => shape.kind === 'polygon')
    holds('insert and delete', fc.property(polygons, point, (shape, near) => {
      const edge = nearestEdge(shape, near, Infinity)
      if (edge === undefined) throw new Error('A polygon has an edge')
      const more = insertVertex(shape, edge.after, edge.point)
      expect(geometryArea(more)).toBeCloseTo(geometryArea(shape), 3)
      expect(verticesOf(more)).toHaveLength(verticesOf(shape).length + 1)
      expect(deleteVertex(more, { ...edge.after, index: edge.after.index + 1 })).toEqual(shape)
    }))
  })

  it('moves one and leaves the others', () => {
    const line: ShapeGeometry = { kind: 'polyline', points: [[0, 0], [1, 1], [2, 2]] }
    expect(moveVertex(line, { ring: 0, index: 1 }, [5, 6])).toEqual({ kind: 'polyline', points: [[0, 0], [5, 6], [2, 2]] })
  })

  it('drops a hole with its third vertex, and never the last three of an outline', () => {
    const polygon: ShapeGeometry = { kind: 'polygon', rings: [[[0, 0], [9, 0], [9, 9]], [[6, 2], [7, 2], [7, 3]]] }
    expect(deleteVertex(polygon, { ring: 1, index: 0 })).toEqual({ kind: 'polygon', rings: [[[0, 0], [9, 0], [9, 9]]] })
    expect(deleteVertex(polygon, { ring: 0, index: 0 })).toBeUndefined()
    expect(deleteVertex({ kind: 'polyline', points: [[0, 0], [1, 1]] }, { ring: 0, index: 0 })).toBeUndefined()
  })
})

describe('camera', () => {
  it('goes from image to screen and back', () => {
    holds('camera round trip', fc.property(camera, point, (view, place) => { close(screenToImage(view, imageToScreen(view, place)), place) }))
  })

  it('zooms about a place that stays where it is', () => {
    holds('zoom anchor', fc.property(camera, point, fc.double({ min: 0.2, max: 5, noNaN: true }), (view, anchor, factor) => {
      close(screenToImage(zoomCamera(view, anchor, factor), anchor), screenToImage(view, anchor))
    }))
  })

  it('turns and mirrors about a place that stays where it is', () => {
    holds('turn anchor', fc.property(camera, point, camera, (view, anchor, turn) => {
      close(screenToImage(turnCamera(view, anchor, turn), anchor), screenToImage(view, anchor))
    }))
  })

  it('turns clockwise as seen on the screen, after mirroring', () => {
    const seen = (turn: { rotation: number; flipped: boolean }) => imageToScreen({ x: 0, y: 0, zoom: 2, ...turn }, [3, 1])
    expect(seen({ rotation: 90, flipped: false })).toEqual([-2, 6])
    expect(seen({ rotation: 0, flipped: true })).toEqual([-6, 2])
    expect(seen({ rotation: 90, flipped: true })).toEqual([-2, -6])
  })

  it('follows a drag', () => {
    expect(panCamera({ ...UPRIGHT, x: 10, y: 10, zoom: 2 }, [20, -10])).toEqual({ ...UPRIGHT, x: 0, y: 15, zoom: 2 })
  })

  it('fits a box into the middle of the view', () => {
    const fitted = cameraToFit({ x: 0, y: 0, width: 200, height: 100 }, { width: 500, height: 500 }, 50, UPRIGHT)
    expect(fitted.zoom).toBe(2)
    expect(visibleBox(fitted, { width: 500, height: 500 })).toEqual({ x: -25, y: -75, width: 250, height: 250 })
  })

  it('never loses the image from sight', () => {
    const image = { width: 100, height: 80 }
    const view = { width: 400, height: 300 }
    holds('keep in sight', fc.property(camera, (wild) => {
      const kept = keepInSight(wild, image, view)
      const seen = boxAround(boxCorners({ x: 0, y: 0, ...image }).map((corner) => imageToScreen(kept, corner)))
      expect(Math.min(seen.x + seen.width, view.width) - Math.max(seen.x, 0)).toBeGreaterThan(0)
      expect(Math.min(seen.y + seen.height, view.height) - Math.max(seen.y, 0)).toBeGreaterThan(0)
    }))
  })
})
