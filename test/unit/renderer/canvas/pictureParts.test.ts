import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MARGIN, sharpPose } from '../../../../renderer/canvas/held/pose.ts'
import type { Pose } from '../../../../renderer/canvas/held/pose.ts'
import { partsOf } from '../../../../renderer/canvas/shapes/raster/pictureParts.ts'
import { extentOf, packShapes } from '../../../../renderer/canvas/shapes/raster/packedShapes.ts'
import type { PackedShapes } from '../../../../renderer/canvas/shapes/raster/packedShapes.ts'
import { Rasterizer } from '../../../../renderer/canvas/shapes/raster/rasterizer.ts'
import { WHOLE } from '../../../../renderer/canvas/shapes/raster/shares.ts'
import type { Pixels } from '../../../../renderer/canvas/shapes/raster/pixels.ts'
import { cameraChange, UPRIGHT } from '../../../../shared/geometry/camera.ts'
import { holds } from '../../../builders/property.ts'

const VIEW = { width: 80, height: 60 }
const OUTLINE = 2

const cameras = fc.record({
  x: fc.double({ min: -40, max: 60, noNaN: true }), y: fc.double({ min: -40, max: 60, noNaN: true }), zoom: fc.constantFrom(0.2, 1, 3.7),
  rotation: fc.constantFrom(0, 30, 90, 180), flipped: fc.boolean(),
})
const boxes = fc.record({ x: fc.integer({ min: -50, max: 60 }), y: fc.integer({ min: -50, max: 60 }), width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) })

function draw(shapes: PackedShapes, pose: Pose): Pixels {
  const rasterizer = new Rasterizer(WHOLE)
  rasterizer.scene.load(shapes)
  const drawing = rasterizer.picture({ number: 1, pose, fillOpacity: 0.2, outlineWidth: OUTLINE, labels: false, first: undefined })
  let step = drawing.next()
  while (step.done !== true) step = drawing.next()
  return step.value
}

describe('the part of a picture that is drawn', () => {
  it('shows every shape where the whole picture would, pixel for pixel, and leaves out only what is blank', () => {
    holds('clipped pictures of shapes', fc.property(fc.array(boxes, { minLength: 1, maxLength: 4 }), cameras, fc.constantFrom(1, 1.25, 2), (some, camera, density) => {
      const shapes = packShapes(some.length, (index) => ({ color: '#cc0000', geometry: { kind: 'rectangle', x: 0, y: 0, width: 1, height: 1, ...some[index] } }))
      const pose = sharpPose({ ...UPRIGHT, ...camera }, VIEW, density)
      const { whole } = partsOf(pose, extentOf(shapes), OUTLINE)
      const { e, f } = cameraChange(whole.camera, pose.camera)
      const [left, top] = [Math.round(e * density), Math.round(f * density)]
      const [all, drawn] = [draw(shapes, pose), draw(shapes, whole)]
      let missed = 0
      for (let y = 0; y < all.height; y += 1) {
        for (let x = 0; x < all.width; x += 1) {
          const inside = x >= left && y >= top && x < left + drawn.width && y < top + drawn.height
          const there = inside ? drawn.data[(y - top) * drawn.width + x - left] ?? 0 : 0
          // What lies just between two pixels may be rounded either way.
          if (Math.abs((there >>> 24) - ((all.data[y * all.width + x] ?? 0) >>> 24)) > 2) missed += 1
        }
      }
      expect(missed).toBeLessThanOrEqual(all.data.length / 1000)
    }))
  })

  it('is what is in view first, but only where there is more', () => {
    const pose = sharpPose({ ...UPRIGHT, x: 0, y: 0, zoom: 1 }, VIEW, 1)
    const inside = partsOf(pose, { x: 20, y: 20, width: 30, height: 20 }, OUTLINE)
    expect([inside.whole.size, inside.view]).toEqual([{ width: 48, height: 38 }, undefined])
    const reaching = partsOf(pose, { x: 20, y: 20, width: 30, height: 100 }, OUTLINE)
    expect(reaching.whole.size).toEqual({ width: 48, height: 118 })
    expect(reaching.view?.clip).toEqual({ left: 0, top: 0, right: 48, bottom: 49 })
    const around = partsOf(pose, { x: -900, y: -900, width: 2000, height: 2000 }, OUTLINE)
    expect(around.whole).toEqual(pose)
    expect(around.view?.clip).toEqual({ left: MARGIN, top: MARGIN, right: MARGIN + 80, bottom: MARGIN + 60 })
  })

  it('is a single pixel where there is no shape', () => {
    const pose = sharpPose({ ...UPRIGHT, x: 0, y: 0, zoom: 1 }, VIEW, 2)
    for (const extent of [undefined, { x: 5000, y: 0, width: 10, height: 10 }]) {
      expect(partsOf(pose, extent, OUTLINE)).toMatchObject({ whole: { size: { width: 0.5, height: 0.5 } }, view: undefined })
    }
    expect(extentOf(packShapes(0, () => { throw new Error('There is none') }))).toBeUndefined()
  })
})
