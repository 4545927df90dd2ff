import { expandBox } from '../../../../shared/geometry/box.ts'
import type { Box } from '../../../../shared/geometry/box.ts'
import { cameraChange } from '../../../../shared/geometry/camera.ts'
import { clipPose, sizeInPixels, withoutMargin } from '../../held/pose.ts'
import type { Pose } from '../../held/pose.ts'
import { POINT_RADIUS } from '../levelOfDetail.ts'
import type { Clip } from './pixels.ts'

/** What is drawn of a picture: all of it that can show a shape, and what of that is in view, if that is less. `clip` lies in the whole. */
export interface PictureParts { readonly whole: Pose; readonly view: { readonly pose: Pose; readonly clip: Clip } | undefined }

/**
 * @param extent the box around all shapes, in image pixels; undefined without shapes
 * @param outlineWidth in CSS pixels
 */
export function partsOf(pose: Pose, extent: Box | undefined, outlineWidth: number): PictureParts {
  const reach = (outlineWidth + POINT_RADIUS + 2) / pose.camera.zoom
  const clipped = (all: Pose) => (extent === undefined ? undefined : someOf(clipPose(all, expandBox(extent, reach))))
  // There is no picture without a pixel.
  const whole = clipped(pose) ?? { ...pose, size: { width: 1 / pose.density, height: 1 / pose.density } }
  const view = clipped(withoutMargin(pose))
  const clip = view && clipIn(whole, view)
  const { width, height } = sizeInPixels(whole)
  if (view === undefined || clip === undefined || (clip.right - clip.left === width && clip.bottom - clip.top === height)) return { whole, view: undefined }
  return { whole, view: { pose: view, clip } }
}

function someOf(pose: Pose): Pose | undefined {
  const { width, height } = sizeInPixels(pose)
  return width > 0 && height > 0 ? pose : undefined
}

/** Where in a picture, in whole pixels, a part of it lies. */
function clipIn(whole: Pose, part: Pose): Clip {
  const { e, f } = cameraChange(part.camera, whole.camera)
  const [left, top] = [Math.round(e * whole.density), Math.round(f * whole.density)]
  const { width, height } = sizeInPixels(part)
  const all = sizeInPixels(whole)
  return { left, top, right: Math.min(all.width, left + width), bottom: Math.min(all.height, top + height) }
}
