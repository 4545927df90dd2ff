import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { decodeAhead } from '../../../../renderer/canvas/image/decodeAhead.ts'
import { createDecodedImages } from '../../../../renderer/canvas/image/decodedImages.ts'
import type { DecodedImages } from '../../../../renderer/canvas/image/decodedImages.ts'
import { createImageLayer } from '../../../../renderer/canvas/image/imageLayer.ts'
import type { ImageLayer } from '../../../../renderer/canvas/image/imageLayer.ts'
import type { Box, Size } from '../../../../shared/geometry/box.ts'
import { UPRIGHT, visibleBox } from '../../../../shared/geometry/camera.ts'
import type { Camera } from '../../../../shared/geometry/camera.ts'
import type { ImageSource } from '../../../../shared/rpc/openTask.ts'

const WHOLE: ImageSource = { kind: 'whole', url: 'image', width: 100, height: 50 }
const PYRAMID: ImageSource = { kind: 'pyramid', urlTemplate: 'tile/{level}/{column}_{row}', width: 1024, height: 512, tileSize: 256, overlap: 0, maxLevel: 10 }
const VIEW = { width: 1024, height: 512 }
const SEEN = { x: 0, y: 0, ...VIEW }
const LAST_LEVEL_ALONE = ['tile/8/0_0', ...['1_0', '2_0', '1_1', '2_1', '0_0', '3_0', '0_1', '3_1'].map((place) => `tile/10/${place}`)]

interface Drawn { readonly of: string; readonly at: number[] }
/** A context that notes what is drawn where. */
function noting(): { context: CanvasRenderingContext2D; drawn: Drawn[]; smooth: () => boolean } {
  const drawn: Drawn[] = []
  const context = {
    imageSmoothingEnabled: true, imageSmoothingQuality: 'low',
    save: () => undefined, restore: () => undefined, transform: () => undefined,
    clearRect: (...at: number[]) => { drawn.push({ of: 'nothing', at }) },
    drawImage: (bitmap: { of: string }, ...at: number[]) => { drawn.push({ of: bitmap.of, at }) },
  }
  return { context: context as unknown as CanvasRenderingContext2D, drawn, smooth: () => context.imageSmoothingEnabled }
}
function show(layer: ImageLayer, context: CanvasRenderingContext2D, camera: Camera, view: Size, density: number, inView: Box): void {
  layer.ask(camera, view, density, inView)
  layer.paint(context, camera, view, density)
}
const settled = () => new Promise((resolve) => { setTimeout(resolve, 0) })

describe('image layer', () => {
  let missing: Set<string>
  let asked: string[]
  let decoded: (ImageBitmapOptions | undefined)[]
  let turned: boolean
  let images: DecodedImages
  const closed: string[] = []

  beforeEach(() => {
    missing = new Set()
    asked = []
    decoded = []
    turned = false
    images = createDecodedImages(100_000)
    closed.length = 0
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url)
      return missing.has(url) ? new Response(null, { status: 404 }) : { ok: true, blob: async () => url }
    })
    vi.stubGlobal('createImageBitmap', async (of: string, options?: ImageBitmapOptions) => {
      decoded.push(options)
      const [width, height] = turned && options === undefined ? [50, 100] : [100, 50]
      return { of, width, height, close: () => { closed.push(of) } }
    })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const events = () => ({ onLoaded: vi.fn(), onStale: vi.fn(), onProblem: vi.fn() })
  const LOOK = { ...UPRIGHT, x: 0, y: 0, zoom: 1 }

  it('draws a whole image once it has come, with hard pixels when seen from near', async () => {
    images = createDecodedImages(WHOLE.width * WHOLE.height)
    const heard = events()
    const layer = createImageLayer(WHOLE, heard, images)
    await settled()
    expect(heard.onLoaded).toHaveBeenCalledOnce()
    const { context, drawn, smooth } = noting()
    show(layer, context, LOOK, VIEW, 1, SEEN)
    expect(drawn).toEqual([{ of: 'image', at: [0, 0, 100, 50] }])
    expect(smooth()).toBe(true)
    show(layer, context, { ...LOOK, zoom: 2.1 }, VIEW, 1, SEEN)
    expect(smooth()).toBe(false)
    layer.dispose()
    expect(closed).toEqual([])
    createImageLayer({ ...WHOLE, url: 'another' }, events(), images)
    await settled()
    expect(closed).toEqual(['image'])
  })

  it('undoes a turn noted in the file, because labels count in stored pixels', async () => {
    turned = true
    createImageLayer(WHOLE, events(), images)
    await settled()
    expect(decoded).toEqual([undefined, { imageOrientation: 'none' }])
  })

  it('says when the image cannot be had', async () => {
    missing.add('image')
    const heard = events()
    createImageLayer(WHOLE, heard, images)
    await settled()
    expect(heard.onProblem).toHaveBeenCalledOnce()
    expect(heard.onLoaded).not.toHaveBeenCalled()
  })

  it('asks for the overview first, then for what is in view, from the middle outwards; draws coarse under fine', async () => {
    const heard = events()
    const layer = createImageLayer(PYRAMID, heard, images)
    const { context, drawn } = noting()
    show(layer, context, LOOK, VIEW, 1, SEEN)
    expect(asked).toHaveLength(9)
    expect(drawn).toEqual([])
    await settled()
    expect(asked[0]).toBe('tile/8/0_0')
    expect(asked.slice(0, 9).sort()).toEqual([...LAST_LEVEL_ALONE].sort())
    // Then, for a step back of the zoom, the level below.
    expect(asked.slice(9)).toEqual(['tile/9/0_0', 'tile/9/1_0'])
    show(layer, context, LOOK, VIEW, 1, SEEN)
    expect(drawn.map(({ of }) => of).sort()).toEqual(LAST_LEVEL_ALONE.slice(1).sort())
  })

  it('loads what is in view before what is drawn beside it, and of that only some at once', async () => {
    const answers: (() => void)[] = []
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url)
      await new Promise<void>((resolve) => { answers.push(resolve) })
      return { ok: true, blob: async () => url }
    })
    const large: ImageSource = { ...PYRAMID, width: 4096, height: 4096, maxLevel: 12 }
    createImageLayer(large, events(), images).ask({ ...LOOK, x: 200, y: 200 }, VIEW, 1, { x: 300, y: 300, width: 400, height: 200 })
    const inView = ['tile/12/1_1', 'tile/12/2_1']
    expect(asked).toEqual(['tile/8/0_0', ...inView, expect.any(String)])
    for (const answer of answers) answer()
    await settled()
    expect(asked.slice(4)).toHaveLength(4)
  })

  it('leaves a missing tile to the coarser one and asks again later', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
    missing.add('tile/10/1_0')
    const heard = events()
    const layer = createImageLayer(PYRAMID, heard, images)
    const { context, drawn } = noting()
    show(layer, context, LOOK, VIEW, 1, SEEN)
    await vi.advanceTimersByTimeAsync(0)
    show(layer, context, LOOK, VIEW, 1, SEEN)
    expect(drawn[0]?.of).toBe('tile/9/0_0')
    expect(drawn).toHaveLength(8)
    expect(heard.onProblem).not.toHaveBeenCalled()
    missing.clear()
    heard.onStale.mockClear()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(heard.onStale).toHaveBeenCalledOnce()
    show(layer, context, LOOK, VIEW, 1, SEEN)
    await vi.advanceTimersByTimeAsync(0)
    expect(asked.filter((url) => url === 'tile/10/1_0')).toHaveLength(2)
  })

  it('draws only the part of a coarser tile that is in place of a missing one, and no padding of a tile at the edge', async () => {
    const odd: ImageSource = { ...PYRAMID, width: 300, height: 50, tileSize: 100, maxLevel: 2 }
    missing.add('tile/2/1_0')
    const layer = createImageLayer(odd, events(), images)
    const { context, drawn } = noting()
    const look = { ...LOOK, x: 100, zoom: 2 }
    show(layer, context, look, { width: 300, height: 100 }, 1, visibleBox(look, { width: 300, height: 100 }))
    await settled()
    show(layer, context, look, { width: 300, height: 100 }, 1, visibleBox(look, { width: 300, height: 100 }))
    expect(drawn).toContainEqual({ of: 'tile/1/0_0', at: [50, 0, 50, 25, 100, 0, 100, 50] })
  })

  it('draws tiles that arrive over the coarser ones, and nothing else again', async () => {
    const heard = events()
    const layer = createImageLayer(PYRAMID, heard, images)
    missing.add('tile/10/1_0')
    layer.ask(LOOK, VIEW, 1, SEEN)
    await settled()
    expect(heard.onStale).toHaveBeenCalledOnce()
    const first = noting()
    layer.drawArrived(first.context, LOOK, 1)
    expect(first.drawn.filter(({ of }) => of !== 'nothing')).toHaveLength(7)
    expect(first.drawn[0]).toEqual({ of: 'nothing', at: first.drawn.find(({ of }) => of === 'tile/10/2_0')?.at.slice(4) })
    const again = noting()
    layer.drawArrived(again.context, LOOK, 1)
    expect(again.drawn).toEqual([])
  })

  it('lets tiles meet on whole device pixels, so that there are no seams', async () => {
    const layer = createImageLayer(PYRAMID, events(), images)
    const look = { ...LOOK, x: 0.4, zoom: 0.77 }
    layer.ask(look, VIEW, 1, SEEN)
    await settled()
    const { context, drawn } = noting()
    show(layer, context, look, VIEW, 1, SEEN)
    const edges = drawn.flatMap(({ at }) => [at[4] ?? NaN, (at[4] ?? NaN) + (at[6] ?? NaN)]).map((x) => (x - look.x) * look.zoom)
    expect(Math.max(...edges.map((edge) => Math.abs(edge - Math.round(edge))))).toBeLessThan(1e-6)
  })

  it('has at once what was decoded ahead', async () => {
    const abort = new AbortController()
    for (const image of [WHOLE, PYRAMID]) await decodeAhead(image, VIEW, 1, abort.signal, images)
    expect(asked).toEqual(['image', ...LAST_LEVEL_ALONE])
    const { context, drawn } = noting()
    for (const image of [WHOLE, PYRAMID]) show(createImageLayer(image, events(), images), context, LOOK, VIEW, 1, SEEN)
    expect(drawn).toHaveLength(9)
  })

  it('stops fetching when nobody waits for it any more', async () => {
    const aborts: AbortSignal[] = []
    vi.stubGlobal('fetch', async (_url: string, { signal }: RequestInit) => {
      if (signal) aborts.push(signal)
      return new Promise((_, reject) => { signal?.addEventListener('abort', () => { reject(new Error('aborted')) }) })
    })
    const first = createImageLayer(WHOLE, events(), images)
    const second = createImageLayer(WHOLE, events(), images)
    first.dispose()
    expect([aborts.length, aborts[0]?.aborted]).toEqual([1, false])
    second.dispose()
    expect(aborts[0]?.aborted).toBe(true)
  })

  it('says when not even the overview can be had', async () => {
    missing.add('tile/8/0_0')
    const heard = events()
    createImageLayer(PYRAMID, heard, images).ask(LOOK, VIEW, 1, SEEN)
    await settled()
    expect(heard.onProblem).toHaveBeenCalledOnce()
  })
})
