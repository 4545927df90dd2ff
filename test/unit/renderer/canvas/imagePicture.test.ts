import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createImagePicture } from '../../../../renderer/canvas/image/imagePicture.ts'
import { UPRIGHT } from '../../../../shared/geometry/camera.ts'

const IMAGE = { kind: 'whole' as const, url: 'image', width: 1000, height: 800 }
const events = () => ({ onLoaded: vi.fn(), onStale: vi.fn(), onProblem: vi.fn() })
const look = (zoom: number) => ({ camera: { ...UPRIGHT, x: -100, y: 0, zoom }, view: { width: 640, height: 480 }, density: 1, moving: false })

describe('the picture of an image', () => {
  const anything: object = new Proxy({}, { get: () => () => anything, set: () => true })
  let made: [number, number][]

  beforeEach(() => {
    made = []
    vi.stubGlobal('fetch', async () => ({ ok: true, blob: async () => 'image' }))
    vi.stubGlobal('createImageBitmap', async () => ({ width: 1000, height: 800, close: () => undefined }))
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(anything as never)
    vi.stubGlobal('OffscreenCanvas', class {
      constructor(width: number, height: number) { made.push([width, height]) }
      getContext() { return anything }
      transferToImageBitmap() { return anything }
    })
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })

  it('is not on the screen, nor in memory, before there is an image', async () => {
    const heard = events()
    const picture = createImagePicture(document.createElement('div'), IMAGE, IMAGE, heard)
    picture.show(look(0.5), true)
    expect([picture.element.style.display, made]).toEqual(['none', []])
    await vi.waitFor(() => { expect(heard.onLoaded).toHaveBeenCalledOnce() })
    picture.show(look(0.5), false)
    expect([picture.element.style.display, made]).toEqual(['block', [[500, 400]]])
    picture.show(look(0.5), false)
    expect(made).toHaveLength(1)
    picture.remove()
  })

  it('is not larger than the image, and gives its memory back where none of it is in view', async () => {
    const heard = events()
    const picture = createImagePicture(document.createElement('div'), { ...IMAGE, url: 'another' }, IMAGE, heard)
    await vi.waitFor(() => { expect(heard.onLoaded).toHaveBeenCalledOnce() })
    picture.show(look(0.25), true)
    picture.show(look(4), true)
    const away = look(1)
    picture.show({ ...away, camera: { ...away.camera, x: 5000 } }, true)
    expect(made).toEqual([[250, 200], [400, 640]])
    expect([picture.element.style.display, picture.element.width]).toEqual(['none', 0])
    picture.remove()
  })

  it('asks for the tiles of another view before it gives its canvas another size, which takes a while', () => {
    const happened: string[] = []
    const pyramid = { kind: 'pyramid' as const, urlTemplate: 'tile/{level}/{column}_{row}', width: 1000, height: 800, tileSize: 256, overlap: 0, maxLevel: 10 }
    vi.stubGlobal('fetch', async (url: string) => {
      happened.push(url)
      return { ok: true, blob: async () => url }
    })
    const picture = createImagePicture(document.createElement('div'), pyramid, pyramid, events())
    picture.show(look(0.25), true)
    const widths = vi.spyOn(picture.element, 'width', 'set').mockImplementation(() => { happened.push('size') })
    happened.length = 0
    picture.show(look(1), true)
    expect(widths).toHaveBeenCalledOnce()
    expect(happened.at(-1)).toBe('size')
    expect(happened.length).toBeGreaterThan(1)
    picture.remove()
  })
})
