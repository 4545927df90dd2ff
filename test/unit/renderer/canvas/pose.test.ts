import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MARGIN, clipPose, isGoodEnough, isSharp, isZoomedOut, placeOf, sharpPose, widePose } from '../../../../renderer/canvas/held/pose.ts'
import { UPRIGHT, imageToScreen, panCamera, screenToImage, turnCamera, zoomCamera } from '../../../../shared/geometry/camera.ts'
import type { Camera } from '../../../../shared/geometry/camera.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { holds } from '../../../builders/property.ts'

const VIEW = { width: 800, height: 600 }
const IMAGE = { x: 0, y: 0, width: 4000, height: 3000 }
const NEAR: Camera = { ...UPRIGHT, x: 1000, y: 1000, zoom: 1 }
const pose = sharpPose(NEAR, VIEW, 1)
const good = (camera: Camera, content = IMAGE) => isGoodEnough(pose, camera, VIEW, content)

const cameras = fc.record({
  x: fc.integer({ min: -500, max: 4000 }), y: fc.integer({ min: -500, max: 3000 }), zoom: fc.constantFrom(0.25, 1, 3), rotation: fc.constantFrom(0, 30, 90, 200), flipped: fc.boolean(),
})

describe('a held picture', () => {
  it('stands where the image is, however the camera has moved since', () => {
    holds('held pictures follow the camera', fc.property(cameras, cameras, fc.integer({ min: 0, max: 4000 }), (painted, seen, x) => {
      const made = sharpPose(painted, VIEW, 1)
      const point: Point = [x, 700]
      const [u, v] = imageToScreen(made.camera, point)
      const { a, b, c, d, e, f } = placeOf(made, seen)
      const wanted = imageToScreen(seen, point)
      expect(Math.hypot(a * u + c * v + e - wanted[0], b * u + d * v + f - wanted[1])).toBeLessThan(0.75)
    }))
  })

  it('is moved by whole device pixels', () => {
    const { e, f } = placeOf(sharpPose(NEAR, VIEW, 2), panCamera(NEAR, [10.3, -4.1]))
    expect([e, f]).toEqual([10.5 - MARGIN, -4 - MARGIN])
  })

  it('will do as far as its margin reaches, and is made anew at rest when little of it is left or the zoom has changed', () => {
    expect([good(NEAR), good(panCamera(NEAR, [MARGIN, -MARGIN])), good(panCamera(NEAR, [MARGIN + 2, 0]))]).toEqual([true, true, false])
    const sharp = (camera: Camera) => isSharp(pose, camera, VIEW, IMAGE)
    expect([sharp(NEAR), sharp(panCamera(NEAR, [MARGIN / 2, 0])), sharp(panCamera(NEAR, [MARGIN / 2 + 2, 0])), sharp(zoomCamera(NEAR, [0, 0], 1.01))]).toEqual([true, true, false, false])
  })

  it('need not show what lies beyond the image', () => {
    const small = { x: 1000, y: 1000, width: 800, height: 600 }
    expect([good(zoomCamera(NEAR, [400, 300], 0.5)), good(zoomCamera(NEAR, [400, 300], 0.5), small), good(NEAR, { x: 0, y: 0, width: 9, height: 9 })]).toEqual([false, true, true])
  })

  it('takes no room for what lies beyond the image, and stays on the same device pixels', () => {
    const whole = { ...UPRIGHT, x: -60, y: 0, zoom: 0.2 }
    const { camera, size } = clipPose(sharpPose(whole, VIEW, 1), IMAGE)
    expect([size, imageToScreen(camera, [0, 0]).map((each) => Math.round(each * 1e6) / 1e6)]).toEqual([{ width: 800, height: 600 }, [0, 0]])
    holds('clipped pictures', fc.property(cameras, (seen) => {
      const made = sharpPose({ ...seen, x: seen.x + 0.3 }, VIEW, 2)
      const clipped = clipPose(made, IMAGE)
      const [x, y] = imageToScreen(made.camera, screenToImage(clipped.camera, [0, 0]))
      expect([x, y].map((each) => Math.abs(each * 2 - Math.round(each * 2)))).toEqual([expect.closeTo(0, 5), expect.closeTo(0, 5)])
      const isInside = (corner: Point) => {
        const [u, v] = imageToScreen(clipped.camera, corner)
        return u >= -1e-4 && v >= -1e-4 && u <= clipped.size.width + 1e-4 && v <= clipped.size.height + 1e-4
      }
      const shown = (corner: Point) => {
        const [u, v] = imageToScreen(made.camera, corner)
        return u >= 0 && v >= 0 && u <= made.size.width && v <= made.size.height
      }
      for (const corner of [[0, 0], [4000, 0], [0, 3000], [4000, 3000], [2000, 1500]] as const) if (shown(corner)) expect(isInside(corner)).toBe(true)
      expect(Math.min(clipped.size.width, clipped.size.height)).toBeGreaterThanOrEqual(0)
    }))
  })

  it('will do for a view that is zoomed in, until it is too coarse', () => {
    expect([1.9, 2.1].map((factor) => good(zoomCamera(NEAR, [400, 300], factor)))).toEqual([true, false])
    expect(isZoomedOut(pose, zoomCamera(NEAR, [400, 300], 0.9))).toBe(true)
  })

  it('that is made on the way out lasts for half the zoom', () => {
    const wide = widePose(NEAR, VIEW, 1)
    expect([1, 0.5].map((factor) => isGoodEnough(wide, zoomCamera(NEAR, [400, 300], factor), VIEW, IMAGE))).toEqual([true, true])
  })

  it('turned by the camera still covers the view, or does not', () => {
    expect(good(turnCamera(NEAR, [400, 300], { rotation: 5, flipped: false }))).toBe(true)
    expect(good(turnCamera(NEAR, [400, 300], { rotation: 90, flipped: false }))).toBe(true)
    expect(good(turnCamera(NEAR, [400, 300], { rotation: 45, flipped: false }))).toBe(false)
  })
})
