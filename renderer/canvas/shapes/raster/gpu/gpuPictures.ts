import type { Size } from '../../../../../shared/geometry/box.ts'
import { screenToImage } from '../../../../../shared/geometry/camera.ts'
import { sizeInPixels } from '../../../held/pose.ts'
import type { Pose } from '../../../held/pose.ts'
import { findHandwork } from '../handwork.ts'
import { inDevicePixels, scaleOf, styleOf } from '../inPixels.ts'
import type { PictureRequest } from '../messages.ts'
import type { FastMaker } from '../pictureMaker.ts'
import { Scene } from '../scene.ts'
import { GpuScene, sizeOf } from './gpuScene.ts'
import { createProgram } from './program.ts'
import type { Program } from './program.ts'

/** More shapes than have this many primitives stay with the threads: at 16 bytes each, and some for their points, they would take over 100 MB here. */
const MOST_PRIMITIVES = 6_000_000

/**
 * Makes pictures by the graphics processor (WebGL 2). Undefined where there is none that the browser holds for faster than doing without (no
 * `failIfMajorPerformanceCaveat`), or where it refuses.
 */
export function startGpuPictures(): FastMaker | undefined {
  const canvas = new OffscreenCanvas(1, 1)
  const gl = canvas.getContext('webgl2', { failIfMajorPerformanceCaveat: true, antialias: false, depth: false, powerPreference: 'high-performance' })
  if (gl === null) return undefined
  try {
    return createGpuPictures(canvas, gl)
  } catch (error) {
    console.error('The graphics processor is not used', error)
    return undefined
  }
}

function createGpuPictures(canvas: OffscreenCanvas, gl: WebGL2RenderingContext): FastMaker {
  const program = createProgram(gl)
  const known = new GpuScene(gl)
  let scene = new Scene()
  // Upper shapes are laid over lower ones in the order in which they are drawn.
  gl.enable(gl.BLEND)
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
  return {
    hasRoomFor(change) {
      if (change.type === 'hide') return true
      const after = change.type === 'load' ? [change] : [...scene.blocks, { shapes: change.added }]
      return sizeOf(after).primitives <= MOST_PRIMITIVES
    },
    follow(change) { scene.follow(change) },
    forget() {
      scene = new Scene()
      known.clear()
    },
    retell: () => scene.retell(),
    async draw(request, _isWanted, onPart) {
      const size = sizeInPixels(request.pose)
      fit(canvas, size)
      if (scene.takeDirty() !== undefined) known.follow(scene)
      paint(gl, program, known, request, size)
      const failure = gl.getError()
      if (failure !== gl.NO_ERROR || gl.isContextLost()) throw new Error(`The graphics processor failed (${failure})`)
      onPart({ part: 'whole', ...findHandwork(scene, request), bitmap: canvas.transferToImageBitmap() })
    },
  }
}

/** Giving a canvas a size makes it anew, even if it is the same. */
function fit(canvas: OffscreenCanvas, size: Size): void {
  if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size)
}

function paint(gl: WebGL2RenderingContext, program: Program, known: GpuScene, request: PictureRequest, { width, height }: Size): void {
  const { pose } = request
  const { a, b, c, d } = inDevicePixels(pose)
  gl.viewport(0, 0, width, height)
  gl.clear(gl.COLOR_BUFFER_BIT)
  program.set('size', width, height)
  program.set('turn', a, b, c, d)
  program.set('origin', ...originOf(pose))
  program.set('scale', scaleOf({ a, b, c, d }))
  for (const [name, value] of Object.entries<number>({ ...styleOf(request) })) program.set(name, value)
  known.bind()
  gl.drawArraysInstanced(gl.TRIANGLES, 0, 6, known.count)
}

/** The place of the image in the middle of a picture, as far as the processor's numbers can tell it, and where in the picture that lies. */
function originOf(pose: Pose): [number, number, number, number] {
  const middle = screenToImage(pose.camera, [pose.size.width / 2, pose.size.height / 2])
  const [x, y] = [Math.fround(middle[0]), Math.fround(middle[1])]
  const { a, b, c, d, e, f } = inDevicePixels(pose)
  return [x, y, a * x + c * y + e, b * x + d * y + f]
}
