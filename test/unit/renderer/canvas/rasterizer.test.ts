import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { MARGIN, sharpPose } from '../../../../renderer/canvas/held/pose.ts'
import { findHandwork } from '../../../../renderer/canvas/shapes/raster/handwork.ts'
import type { PictureRequest } from '../../../../renderer/canvas/shapes/raster/messages.ts'
import { packColor, packShapes } from '../../../../renderer/canvas/shapes/raster/packedShapes.ts'
import type { Packable, PackedShapes } from '../../../../renderer/canvas/shapes/raster/packedShapes.ts'
import type { Pixels } from '../../../../renderer/canvas/shapes/raster/pixels.ts'
import { blend, straighten } from '../../../../renderer/canvas/shapes/raster/pixels.ts'
import { Rasterizer } from '../../../../renderer/canvas/shapes/raster/rasterizer.ts'
import { putBands, putOwnBands, takeBands, WHOLE } from '../../../../renderer/canvas/shapes/raster/shares.ts'
import { numberShapes } from '../../../../renderer/canvas/shapes/raster/shapeNumbers.ts'
import type { ShapeGeometry } from '../../../../shared/domain/shape.ts'
import { UPRIGHT } from '../../../../shared/geometry/camera.ts'
import type { Camera } from '../../../../shared/geometry/camera.ts'
import { encodeMask } from '../../../../shared/geometry/mask.ts'
import { aShape } from '../../../builders/records.ts'
import { holds } from '../../../builders/property.ts'

const RED = '#cc0000'
const box = (x: number, y: number, width: number, height: number): ShapeGeometry => ({ kind: 'rectangle', x, y, width, height })
const pack = (...shapes: (ShapeGeometry | Packable)[]): PackedShapes => packShapes(shapes.length, (index) => {
  const shape = shapes[index] ?? box(0, 0, 1, 1)
  return 'geometry' in shape ? shape : { geometry: shape, color: RED }
})

/** A view of 60 x 40 CSS pixels whose top left shows the top left of the image. */
function ask(camera: Partial<Camera> = {}, rest: Partial<PictureRequest> & { density?: number } = {}): PictureRequest {
  const { density = 1, ...others } = rest
  return { number: 1, pose: sharpPose({ ...UPRIGHT, x: 0, y: 0, zoom: 1, ...camera }, { width: 60, height: 40 }, density), fillOpacity: 0.2, outlineWidth: 2, labels: true, first: undefined, ...others }
}
/** The colour and opacity (0 to 255) at a place of the view. */
function at({ data, width }: Pixels, x: number, y: number, density = 1): { color: number; opacity: number } {
  const pixel = straighten(data[(y + MARGIN * density) * width + x + MARGIN * density] ?? 0)
  return { color: pixel & 0xffffff, opacity: pixel >>> 24 }
}
function picture(shapes: PackedShapes, request = ask()): Pixels {
  const rasterizer = new Rasterizer(WHOLE)
  rasterizer.scene.load(shapes)
  return finish(rasterizer.picture(request))
}

/** Draws all bands of a picture. */
function finish(drawing: Generator<unknown, Pixels>): Pixels {
  let step = drawing.next()
  while (step.done !== true) step = drawing.next()
  return step.value
}
const samePixels = (a: Pixels, b: Pixels) => a.data.length === b.data.length && a.data.every((pixel, index) => pixel === b.data[index])

describe('a rasterised picture', () => {
  it('shows a surface filled lightly and outlined in its colour', () => {
    const shown = picture(pack(box(10, 10, 20, 20)))
    const { color, opacity } = at(shown, 20, 20)
    expect(opacity).toBe(51)
    // A light colour is kept in few steps.
    expect(Math.abs((color & 0xff) - 0xcc)).toBeLessThanOrEqual(255 / opacity / 2)
    expect(color >>> 8).toBe(0)
    expect([at(shown, 10, 20), at(shown, 20, 29)].map(({ opacity }) => opacity)).toEqual([255, 255])
    expect([at(shown, 5, 20), at(shown, 33, 20)].map(({ opacity }) => opacity)).toEqual([0, 0])
  })

  it('leaves holes open, and does not fill lines', () => {
    const ring = (low: number, high: number): [number, number][] => [[low, low], [high, low], [high, high], [low, high]]
    const holed = picture(pack({ kind: 'polygon', rings: [ring(2, 38), ring(12, 28)] }))
    expect([at(holed, 7, 20).opacity, at(holed, 20, 20).opacity]).toEqual([51, 0])
    const line = picture(pack({ kind: 'polyline', points: [[5, 5], [35, 5], [35, 35]] }))
    expect([at(line, 20, 5).opacity, at(line, 25, 15).opacity]).toEqual([255, 0])
  })

  it('shows what is small as a filled box that can be seen, and a point as a dot of one size', () => {
    const far = picture(pack(box(200, 100, 20, 10), { kind: 'point', x: 400, y: 300 }), ask({ zoom: 0.1 }))
    expect([at(far, 20, 10).opacity, at(far, 21, 10).opacity, at(far, 24, 10).opacity]).toEqual([255, 255, 0])
    expect([at(far, 40, 30).opacity, at(far, 40, 34).opacity > 100, at(far, 40, 37).opacity]).toEqual([51, true, 0])
  })

  it('follows a camera that turns, mirrors and zooms, and the density of the screen', () => {
    const shapes = pack(box(10, 10, 20, 10))
    const turned = picture(shapes, ask({ rotation: 90, x: 0, y: 40 }))
    expect([at(turned, 25, 20).opacity, at(turned, 25, 35).opacity]).toEqual([51, 0])
    const dense = picture(shapes, ask({}, { density: 2 }))
    expect([at(dense, 40, 30, 2).opacity, at(dense, 40, 20, 2).opacity, dense.width]).toEqual([51, 255, 2 * (60 + 2 * MARGIN)])
  })

  it('lays the upper shape over the lower one', () => {
    const shown = picture(pack({ geometry: box(5, 5, 30, 30), color: RED }, { geometry: box(5, 5, 30, 30), color: '#0000cc' }))
    expect(at(shown, 5, 20).color).toBe(packColor('#0000cc'))
    expect(at(shown, 20, 20).opacity).toBeGreaterThan(80)
  })

  it('leaves masks to be painted by hand, tells which shapes have room for a label, and knows no mask that cannot be read', () => {
    const rasterizer = new Rasterizer(WHOLE)
    const mask: ShapeGeometry = { kind: 'mask', rle: encodeMask(new Uint8Array(40 * 40).fill(1), 40, 40) }
    rasterizer.scene.load(pack(box(0, 0, 5, 5), mask, box(0, 0, 30, 30), box(5000, 0, 50, 50), { kind: 'mask', rle: { size: [2, 2], counts: '!' } }))
    expect(findHandwork(rasterizer.scene, ask())).toEqual({ byHand: [1], labelled: [1, 2] })
    expect(findHandwork(rasterizer.scene, ask({}, { labels: false })).labelled).toEqual([])
    rasterizer.scene.load(pack(...Array.from({ length: 301 }, () => box(0, 0, 30, 30))))
    expect(findHandwork(rasterizer.scene, ask()).labelled).toEqual([])
  })
})

describe('a picture of a view at rest', () => {
  it('has what was wanted first ready before the rest, and is the same picture in the end', () => {
    const shapes = pack(box(10, 10, 20, 20), { kind: 'ellipse', cx: 60, cy: 40, rx: 50, ry: 30, rotation: 20 }, box(-100, -150, 200, 300))
    const rasterizer = new Rasterizer(WHOLE)
    rasterizer.scene.load(shapes)
    const whole = picture(shapes)
    const drawing = rasterizer.picture(ask({}, { first: { left: MARGIN, top: MARGIN, right: MARGIN + 60, bottom: MARGIN + 40 } }))
    let step = drawing.next()
    while (step.done !== true && step.value === undefined) step = drawing.next()
    if (step.done === true || step.value === undefined) throw new Error('The first part was not told')
    const { pixels, first } = step.value
    expect(first).toEqual({ left: MARGIN, top: MARGIN, right: MARGIN + 60, bottom: MARGIN + 40 })
    const inView = Array.from({ length: 40 }, (_, row) => [...whole.data.slice((row + MARGIN) * whole.width + MARGIN).slice(0, 60)])
    expect(Array.from({ length: 40 }, (_, row) => [...pixels.data.slice((row + MARGIN) * pixels.width + MARGIN).slice(0, 60)])).toEqual(inView)
    expect(samePixels(pixels, whole)).toBe(false)
    expect(samePixels(finish(drawing), whole)).toBe(true)
  })
})

const shape = fc.record({ x: fc.integer({ min: -20, max: 60 }), y: fc.integer({ min: -20, max: 40 }), size: fc.integer({ min: 1, max: 40 }), blue: fc.boolean(), round: fc.boolean() })
  .map(({ x, y, size, blue, round }): Packable => ({
    color: blue ? '#0000cc' : RED, geometry: round ? { kind: 'ellipse', cx: x, cy: y, rx: size, ry: size / 2, rotation: 30 } : box(x, y, size, size),
  }))

/** What is left of a canvas where there is no browser: whole rows of pixels can be put on it. */
function aBoard(width: number, height: number) {
  const shown = new Int32Array(width * height)
  const context: Pick<OffscreenCanvasRenderingContext2D, 'putImageData'> = {
    putImageData: (image: ImageData, _x: number, y: number) => { shown.set(new Int32Array(image.data.buffer, image.data.byteOffset, image.data.length / 4), y * width) },
  }
  return { ...context, shown }
}

describe('a picture that threads share', () => {
  beforeAll(() => { vi.stubGlobal('ImageData', class {
    readonly data: Uint8ClampedArray
    constructor(data: Uint8ClampedArray) { this.data = data }
  }) })
  afterAll(() => { vi.unstubAllGlobals() })

  it('is put together from their bands as one thread would have drawn it, in whole and in any part', () => {
    const scenes = fc.tuple(fc.array(shape, { maxLength: 8 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 150 }), fc.integer({ min: 1, max: 200 }))
    holds('shared pictures', fc.property(scenes, ([shapes, count, top, height]) => {
      const whole = picture(pack(...shapes))
      const clip = { left: 7, top, right: whole.width - 11, bottom: Math.min(whole.height, top + height) }
      const board = aBoard(clip.right - clip.left, clip.bottom - clip.top)
      for (let index = 0; index < count; index += 1) {
        const rasterizer = new Rasterizer({ index, count })
        rasterizer.scene.load(pack(...shapes))
        const pixels = finish(rasterizer.picture(ask()))
        if (index === 0) putOwnBands(board, clip, rasterizer.share, pixels)
        else putBands(board, clip, rasterizer.share, takeBands(pixels, clip, rasterizer.share))
      }
      expect(samePixels({ ...whole, data: board.shown }, { ...whole, data: takeBands(whole, clip, WHOLE) })).toBe(true)
    }), 25)
  })
})

describe('a change', () => {
  it('leaves the picture as if all had been drawn anew', () => {
    const scenes = fc.tuple(fc.array(shape, { minLength: 1, maxLength: 8 }), fc.array(shape, { maxLength: 3 }), fc.nat({ max: 7 }), fc.nat({ max: 7 }))
    holds('partial pictures', fc.property(scenes, ([before, added, removed, hidden]) => {
      const [partly, wholly] = [new Rasterizer(WHOLE), new Rasterizer(WHOLE)]
      for (const each of [partly, wholly]) {
        each.scene.load(pack(...before))
        if (each === partly) finish(each.picture(ask()))
        each.scene.change([removed], pack(...added))
        if (each === partly) finish(each.picture(ask()))
        each.scene.hide(Uint32Array.of(hidden))
      }
      expect(samePixels(finish(partly.picture(ask())), finish(wholly.picture(ask())))).toBe(true)
    }), 25)
  })

  it('can be given up halfway: the next picture shows everything all the same', () => {
    const shapes = pack(box(10, 10, 20, 20), box(-100, -150, 200, 300))
    const rasterizer = new Rasterizer(WHOLE)
    rasterizer.scene.load(shapes)
    finish(rasterizer.picture(ask()))
    rasterizer.picture(ask({ zoom: 2 })).next()
    rasterizer.scene.change([0], pack())
    rasterizer.picture(ask()).next()
    expect(samePixels(finish(rasterizer.picture(ask())), picture(pack(box(-100, -150, 200, 300))))).toBe(true)
  })

  it('shows a hidden shape again, but none that is gone', () => {
    const rasterizer = new Rasterizer(WHOLE)
    const seen = () => at(finish(rasterizer.picture(ask())), 20, 20).opacity
    rasterizer.scene.load(pack(box(10, 10, 20, 20)))
    rasterizer.scene.hide(Uint32Array.of(0))
    expect(seen()).toBe(0)
    rasterizer.scene.hide(Uint32Array.of())
    expect(seen()).toBe(51)
    rasterizer.scene.change([0], pack())
    rasterizer.scene.hide(Uint32Array.of())
    expect(seen()).toBe(0)
  })
})

it('shapes are numbered through the stack and then as they come; the newest number counts', () => {
  const [low, high, late] = [aShape({ id: 'low', order: 1 }), aShape({ id: 'high', order: 2 }), aShape({ id: 'late', order: 0 })]
  const numbers = numberShapes([low, high])
  expect([numbers.numberOf(high), numbers.numberOf(late), numbers.count]).toEqual([1, undefined, 2])
  numbers.add(late.id)
  numbers.add(low.id)
  expect([low, high, late].map((each) => numbers.numberOf(each))).toEqual([3, 1, 2])
  expect([0, 2, 3, 9].map((number) => numbers.idAt(number))).toEqual(['low', 'late', 'low', undefined])
})

it('blending gives the colours that lie between, over a clear, a half clear and a full ground', () => {
  const over = (ground: number, color: number, opacity: number) => {
    const data = Int32Array.of(ground)
    blend(data, 0, color, opacity)
    const pixel = straighten(data[0] ?? 0)
    return [pixel & 0xff, pixel >>> 24]
  }
  // To the nearest of the steps that a pixel of this opacity has.
  const isNear = ([color = 0, opacity = 0]: number[], wanted: number[]) => {
    expect(opacity).toBe(wanted[1])
    expect(Math.abs(color - (wanted[0] ?? 0))).toBeLessThanOrEqual(255 / opacity)
  }
  isNear(over(0, 200, 100), [200, 100])
  isNear(over(255 << 24, 200, 128), [100, 255])
  isNear(over((128 << 24) | 100, 200, 128), [200, 192])
  isNear(over((128 << 24) | 100, 100, 255), [100, 255])
})
