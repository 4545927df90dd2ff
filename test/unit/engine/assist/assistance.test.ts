import { afterAll, describe, expect, it } from 'vitest'
import { Assistance } from '../../../../electron/engine/assist/assistance.ts'
import { OwnModel } from '../../../../electron/engine/assist/model/ownModel.ts'
import type { CachedPixels } from '../../../../electron/engine/assist/pixelSource.ts'
import type { AssistAnswer, AssistQuestion } from '../../../../shared/domain/assist.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { pointInRings } from '../../../../shared/geometry/polygon.ts'
import { ASSET, cachedPicture, cachedPyramid, likeness, maskLikeness, OBJECT, objectPicture, SIZE } from './pictures.ts'

const withoutModel = (images: CachedPixels) => new Assistance(images, new OwnModel(images, () => undefined, ''))
const assistance = withoutModel(cachedPicture(await objectPicture()))
const never = new AbortController().signal
const view = { x: 0, y: 0, ...SIZE }
const centre: Point = [OBJECT.cx, OBJECT.cy]
const ask = (question: AssistQuestion, signal = never) => assistance.ask(ASSET, question, signal)

function regionOf(answer: AssistAnswer) {
  if (answer.kind !== 'region') throw new Error(`A region was expected, not ${answer.kind}`)
  return answer
}

describe('assistance', () => {
  afterAll(() => assistance.close())

  it('is ready for the tools of OpenCV once it is loaded, and says what is missing', async () => {
    expect(await assistance.prepare(ASSET, 'magicWand', never)).toBeUndefined()
    expect(await assistance.prepare(ASSET, 'segmentAnything', never)).toBe('noModel')
    const nowhere = withoutModel({ ...cachedPicture(new Uint8Array()), describe: () => undefined })
    expect(await nowhere.prepare(ASSET, 'magicWand', never)).toBe('imageMissing')
  })

  it('finds what has the colour of a place, as polygons with few points and as a mask', async () => {
    const { parts, mask, assistant } = regionOf(await ask({ tool: 'magicWand', view, withMask: true, seeds: [{ point: centre, tolerance: 20, subtract: false }] }))
    expect(parts).toHaveLength(1)
    expect(likeness(parts[0] ?? [])).toBeGreaterThan(0.97)
    expect(parts[0]?.[0]?.length).toBeLessThan(100)
    expect(mask && maskLikeness(mask)).toBeGreaterThan(0.97)
    expect(assistant).toEqual({ tool: 'magicWand' })
  })

  it('adds and takes away places of the wand', async () => {
    const seeds = [{ point: [5, 5] as Point, tolerance: 20, subtract: false }, { point: centre, tolerance: 20, subtract: false }]
    const all = regionOf(await ask({ tool: 'magicWand', view, withMask: false, seeds }))
    expect(all.parts.map((rings) => rings.length)).toEqual([1])
    const ground = regionOf(await ask({ tool: 'magicWand', view, withMask: false, seeds: [...seeds, { point: centre, tolerance: 20, subtract: true }] }))
    expect(ground.parts.map((rings) => rings.length)).toEqual([2])
  })

  it('sees a pyramid by the tiles that cover the view', async () => {
    const tiled = withoutModel(await cachedPyramid(await objectPicture()))
    const answer = await tiled.ask(ASSET, { tool: 'magicWand', view, withMask: false, seeds: [{ point: centre, tolerance: 20, subtract: false }] }, never)
    await tiled.close()
    expect(likeness(regionOf(answer).parts[0] ?? [])).toBeGreaterThan(0.97)
  })

  it('looks at no more than the view', async () => {
    const { parts } = regionOf(await ask({ tool: 'magicWand', view: { x: 250, y: 200, width: 80, height: 60 }, withMask: false, seeds: [{ point: centre, tolerance: 20, subtract: false }] }))
    expect(parts).toEqual([[[[330, 200], [330, 260], [250, 260], [250, 200]]]])
  })

  it('cuts an object out of a box, and heeds strokes', async () => {
    const box = { x: 150, y: 130, width: 300, height: 220 }
    const { parts, assistant } = regionOf(await ask({ tool: 'grabCut', box, strokes: [], withMask: false }))
    expect(likeness(parts[0] ?? [])).toBeGreaterThan(0.95)
    expect(assistant).toEqual({ tool: 'grabCut' })
    const strokes = [{ points: [[300, 160], [300, 320]] as Point[], radius: 6, subtract: true }]
    const halves = regionOf(await ask({ tool: 'grabCut', box, strokes, withMask: false }))
    expect(halves.parts.some((rings) => pointInRings([300, 240], rings))).toBe(false)
    expect(halves.parts.some((rings) => pointInRings([220, 240], rings))).toBe(true)
  })

  it('follows an edge between two places', async () => {
    const [from, to]: [Point, Point] = [[OBJECT.cx - OBJECT.rx, OBJECT.cy], [OBJECT.cx, OBJECT.cy - OBJECT.ry]]
    const answer = await ask({ tool: 'scissors', from, to, reach: 200 })
    const points = answer.kind === 'path' ? answer.points : []
    expect([points[0], points.at(-1)]).toEqual([from, to])
    for (const [x, y] of points) expect(Math.abs(Math.hypot((x - OBJECT.cx) / OBJECT.rx, (y - OBJECT.cy) / OBJECT.ry) - 1)).toBeLessThan(0.05)
  })

  it('gives up at once when nobody waits any more, and goes on afterwards', async () => {
    const controller = new AbortController()
    const given = ask({ tool: 'grabCut', box: view, strokes: [], withMask: false }, controller.signal)
    controller.abort()
    await expect(given).rejects.toThrow('aborted')
    const { parts } = regionOf(await ask({ tool: 'magicWand', view, withMask: false, seeds: [{ point: centre, tolerance: 20, subtract: false }] }))
    expect(parts).toHaveLength(1)
  })
})
