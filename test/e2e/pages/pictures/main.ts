import { sharpPose } from '../../../../renderer/canvas/held/pose.ts'
import { startGpuPictures } from '../../../../renderer/canvas/shapes/raster/gpu/gpuPictures.ts'
import type { PictureRequest, SceneChange } from '../../../../renderer/canvas/shapes/raster/messages.ts'
import { packShapes } from '../../../../renderer/canvas/shapes/raster/packedShapes.ts'
import type { Packable } from '../../../../renderer/canvas/shapes/raster/packedShapes.ts'
import { Rasterizer } from '../../../../renderer/canvas/shapes/raster/rasterizer.ts'
import { takeBands, WHOLE } from '../../../../renderer/canvas/shapes/raster/shares.ts'
import type { Camera } from '../../../../shared/geometry/camera.ts'
import { UPRIGHT } from '../../../../shared/geometry/camera.ts'

/** What happens to a scene, as the test tells it. */
export type Step = { readonly load: readonly Packable[] } | { readonly removed: readonly number[]; readonly added: readonly Packable[] } | { readonly hide: readonly number[] }
export interface Look { readonly camera: Partial<Camera>; readonly density?: number; readonly fillOpacity?: number; readonly outlineWidth?: number }
/** How two pictures differ: the mean difference of all channels (0 to 255), the share of pixels with a channel that is more than 24 off, and the share of those that show anything. */
export interface Difference { readonly mean: number; readonly off: number; readonly marked: number }

declare global {
  interface Window { bothPictures: { hasGpu: boolean; compare(steps: readonly Step[], look: Look): Promise<Difference>; show(): void; loseGpu(): Promise<string> } }
}

const VIEW = { width: 420, height: 300 }
const contexts: WebGL2RenderingContext[] = []
const gpu = watchingContexts(startGpuPictures)
const shown: ImageData[] = []

/** Notes the contexts that are made meanwhile, so that one can be lost as when the driver restarts. */
function watchingContexts<T>(act: () => T): T {
  const plain = OffscreenCanvas.prototype.getContext
  OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: Parameters<typeof plain>) {
    const context = plain.apply(this, args)
    if (context instanceof WebGL2RenderingContext) contexts.push(context)
    return context
  } as typeof plain
  try {
    return act()
  } finally {
    OffscreenCanvas.prototype.getContext = plain
  }
}

const pack = (shapes: readonly Packable[]) => packShapes(shapes.length, (index) => {
  const shape = shapes[index]
  if (shape === undefined) throw new RangeError(`No shape ${index}`)
  return shape
})

function changeOf(step: Step): SceneChange {
  if ('load' in step) return { type: 'load', shapes: pack(step.load) }
  return 'hide' in step ? { type: 'hide', numbers: Uint32Array.from(step.hide) } : { type: 'change', removed: step.removed, added: pack(step.added) }
}

function requestOf({ camera, density = 1, fillOpacity = 0.25, outlineWidth = 1.5 }: Look): PictureRequest {
  return { number: 1, pose: sharpPose({ ...UPRIGHT, x: 0, y: 0, zoom: 1, ...camera }, VIEW, density), fillOpacity, outlineWidth, labels: false, first: undefined }
}

function byThread(steps: readonly Step[], request: PictureRequest): ImageData {
  const rasterizer = new Rasterizer(WHOLE)
  for (const step of steps) rasterizer.scene.follow(changeOf(step))
  const drawing = rasterizer.picture(request)
  let step = drawing.next()
  while (step.done !== true) step = drawing.next()
  const { width, height } = step.value
  const image = new ImageData(width, height)
  new Int32Array(image.data.buffer).set(takeBands(step.value, { left: 0, top: 0, right: width, bottom: height }, WHOLE))
  return image
}

/** Draws after each step, as a window would, so that what is added later is added to what is there. */
async function byGpu(steps: readonly Step[], request: PictureRequest): Promise<ImageData> {
  if (gpu === undefined) throw new Error('There is no graphics processor')
  let image: ImageData | undefined
  gpu.forget()
  for (const step of steps) {
    gpu.follow(changeOf(step))
    await gpu.draw(request, () => true, ({ bitmap }) => {
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      context?.drawImage(bitmap, 0, 0)
      image = context?.getImageData(0, 0, bitmap.width, bitmap.height)
      bitmap.close()
    })
  }
  if (image === undefined) throw new Error('There was nothing to draw')
  return image
}

function differenceOf(a: ImageData, b: ImageData): Difference {
  if (a.width !== b.width || a.height !== b.height) throw new Error('The pictures have different sizes')
  let sum = 0
  let off = 0
  let marked = 0
  for (let pixel = 0; pixel < a.data.length; pixel += 4) {
    // As they would look over grey: the colour of what is clear does not matter.
    const differences = [0, 1, 2].map((channel) => Math.abs(over(a, pixel, channel) - over(b, pixel, channel)))
    sum += differences.reduce((left, right) => left + right, 0)
    if (Math.max(...differences) > 24) off += 1
    if ((a.data[pixel + 3] ?? 0) > 0) marked += 1
  }
  const pixels = a.data.length / 4
  return { mean: sum / (3 * pixels), off: off / pixels, marked: marked / pixels }
}

function over({ data }: ImageData, pixel: number, channel: number): number {
  const opacity = (data[pixel + 3] ?? 0) / 255
  return (data[pixel + channel] ?? 0) * opacity + 128 * (1 - opacity)
}

window.bothPictures = {
  hasGpu: gpu !== undefined,
  async compare(steps, look) {
    const request = requestOf(look)
    const [thread, processor] = [byThread(steps, request), await byGpu(steps, request)]
    shown.splice(0, shown.length, thread, processor)
    return differenceOf(thread, processor)
  },
  async loseGpu() {
    contexts[0]?.getExtension('WEBGL_lose_context')?.loseContext()
    return byGpu([{ load: [] }], requestOf({ camera: {} })).then(() => 'drawn', (error: unknown) => String(error))
  },
  show() {
    document.body.replaceChildren(...shown.map((image) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
      canvas.getContext('2d')?.putImageData(image, 0, 0)
      return canvas
    }))
  },
}
