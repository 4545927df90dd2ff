import { DEFAULT_DISPLAY } from '../../../../shared/domain/display.ts'
import type { ShapeGeometry } from '../../../../shared/domain/shape.ts'
import { UPRIGHT } from '../../../../shared/geometry/camera.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { MARGIN } from '../../held/pose.ts'
import type { PictureRequest, RasterPicture, ToRasterizer } from './messages.ts'
import { buffersOf, packShapes } from './packedShapes.ts'

const SIDE = 40
/** Image pixels. */
const CELL = 20
const PASSES = 16

/**
 * Has a thread draw shapes of all kinds that nobody sees, until `stop`: then its code is compiled well when the first task waits for a picture, which takes
 * several times longer else. It is asked as a task would ask, because code is compiled for exactly what comes. It has forgotten the shapes at the end.
 */
export function practise(thread: Worker, stop: AbortSignal): void {
  const post = (message: ToRasterizer, transfer: Transferable[] = []) => { thread.postMessage(message, transfer) }
  const shapes = packShapes(SIDE * SIDE, (index) => ({ color: '#3366cc', geometry: geometryAt(index) }))
  let pass = 0
  const ask = () => {
    pass += 1
    if (pass <= PASSES) post({ type: 'picture', request: request(pass) })
    else post({ type: 'forget' })
  }
  thread.addEventListener('message', ({ data }: MessageEvent<RasterPicture>) => {
    data.bitmap.close()
    if (data.part === 'whole') ask()
  }, { signal: stop })
  stop.addEventListener('abort', () => { post({ type: 'forget' }) })
  post({ type: 'load', shapes }, buffersOf(shapes))
  ask()
}

/** With numbers that no task asks for, and at another zoom each time: the same picture again would be done already. */
function request(pass: number): PictureRequest {
  const { fillOpacity, outlineWidth } = DEFAULT_DISPLAY
  const size = { width: SIDE * CELL, height: SIDE * CELL }
  const first = { left: MARGIN, top: MARGIN, right: size.width - MARGIN, bottom: size.height - MARGIN }
  return { number: -pass, pose: { camera: { ...UPRIGHT, x: 95.5, y: 45.25, zoom: 1.1 / (1 + pass / 3) }, size, density: 1 }, fillOpacity, outlineWidth, labels: true, first }
}

function geometryAt(index: number): ShapeGeometry {
  const x = CELL * (index % SIDE) + 0.5
  const y = CELL * Math.floor(index / SIDE) + 0.5
  const points = Array.from({ length: 12 }, (_, corner): Point => [
    x + CELL * (0.5 + 0.5 * Math.cos((Math.PI * corner) / 6)), y + CELL * (0.5 + 0.5 * Math.sin((Math.PI * corner) / 6)),
  ])
  switch (index % 6) {
    case 0: return { kind: 'point', x, y }
    case 1: return { kind: 'polyline', points }
    case 2:
    case 3: return { kind: 'rectangle', x, y, width: CELL, height: 0.7 * CELL }
    default: return { kind: 'polygon', rings: [points] }
  }
}
