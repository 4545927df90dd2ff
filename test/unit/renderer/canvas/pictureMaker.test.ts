import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { UPRIGHT } from '../../../../shared/geometry/camera.ts'
import { sharpPose } from '../../../../renderer/canvas/held/pose.ts'
import type { PictureRequest, SceneChange } from '../../../../renderer/canvas/shapes/raster/messages.ts'
import { packShapes } from '../../../../renderer/canvas/shapes/raster/packedShapes.ts'
import { chooseMaker } from '../../../../renderer/canvas/shapes/raster/pictureMaker.ts'
import type { FastMaker } from '../../../../renderer/canvas/shapes/raster/pictureMaker.ts'
import { Scene } from '../../../../renderer/canvas/shapes/raster/scene.ts'

const request: PictureRequest = { number: 1, pose: sharpPose({ ...UPRIGHT, x: 0, y: 0, zoom: 1 }, { width: 60, height: 40 }, 1), fillOpacity: 0.2, outlineWidth: 2, labels: true, first: undefined }
const pack = (count: number) => packShapes(count, (index) => ({ color: '#112233', geometry: { kind: 'rectangle', x: index, y: 0, width: 5, height: 5 } }))
const load = (count: number): SceneChange => ({ type: 'load', shapes: pack(count) })

/** A way that draws nothing, and has room for so many shapes. */
function aMaker(room: number) {
  let scene = new Scene()
  const maker: FastMaker & { pictures: number; isBroken: boolean; shown(): string } = {
    pictures: 0,
    isBroken: false,
    hasRoomFor: (change) => change.type === 'hide' || (change.type === 'load' ? change.shapes : change.added).kinds.length <= room,
    follow: (change) => { scene.follow(change) },
    forget: () => { scene = new Scene() },
    retell: () => scene.retell(),
    draw() {
      if (maker.isBroken) return Promise.reject(new Error('lost'))
      maker.pictures += 1
      return Promise.resolve()
    },
    shown: () => scene.blocks.flatMap((block) => Array.from({ length: block.count }, (_, shape) => (block.isGone(shape) ? '-' : block.isShown(shape) ? 'x' : 'o'))).join(''),
  }
  return maker
}

describe('how pictures are made', () => {
  const complain = vi.fn()
  beforeEach(() => { vi.spyOn(console, 'error').mockImplementation(complain) })
  afterEach(() => { vi.restoreAllMocks() })
  const draw = (maker: ReturnType<typeof chooseMaker>) => maker.draw(request, () => true, () => undefined)

  it('is the sure way where there is no fast one, and the sure way is not even started where there is', async () => {
    const sure = aMaker(Infinity)
    const alone = chooseMaker(undefined, () => sure)
    alone.follow(load(3))
    await draw(alone)
    expect([sure.pictures, sure.shown()]).toEqual([1, 'xxx'])
    const fast = aMaker(10)
    const startSure = vi.fn(() => sure)
    const both = chooseMaker(fast, startSure)
    both.follow(load(3))
    await draw(both)
    both.forget()
    expect([fast.pictures, fast.shown(), startSure.mock.calls.length]).toEqual([1, '', 0])
  })

  it('changes when the fast way fails, with the whole scene as it is and the same picture, and stays so', async () => {
    const [fast, sure] = [aMaker(10), aMaker(Infinity)]
    const maker = chooseMaker(fast, () => sure)
    maker.follow(load(3))
    maker.follow({ type: 'change', removed: [1], added: pack(2) })
    maker.follow({ type: 'hide', numbers: Uint32Array.of(0) })
    fast.isBroken = true
    await draw(maker)
    expect([sure.pictures, sure.shown(), fast.shown()]).toEqual([1, 'o-xxx', ''])
    expect(complain).toHaveBeenCalledOnce()
    fast.isBroken = false
    maker.forget()
    maker.follow(load(2))
    await draw(maker)
    expect([sure.pictures, fast.pictures]).toEqual([2, 0])
  })

  it('changes for a task that the fast way has no room for, and back for the next', async () => {
    const [fast, sure] = [aMaker(4), aMaker(Infinity)]
    const maker = chooseMaker(fast, () => sure)
    maker.follow(load(5))
    await draw(maker)
    maker.forget()
    maker.follow(load(4))
    await draw(maker)
    maker.follow({ type: 'change', removed: [0], added: pack(5) })
    await draw(maker)
    expect([fast.pictures, sure.pictures, sure.shown()]).toEqual([1, 2, '-xxxxxxxx'])
  })
})
