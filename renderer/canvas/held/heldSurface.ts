import type { Box, Size } from '../../../shared/geometry/box.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import type { DrawPicture, Picture } from './picture.ts'
import { clipPose, isGoodEnough, isSharp, isZoomedOut, sharpPose, widePose } from './pose.ts'
import type { Pose } from './pose.ts'

/** How the image is seen in a frame; `view` in CSS pixels, `density` in device pixels for each; `moving` while the camera has not come to rest. */
export interface Look { readonly camera: Camera; readonly view: Size; readonly density: number; readonly moving: boolean }

/** Keeps a picture that is made for more than the view and is moved, turned and scaled along with the camera. It is painted again at rest, or when it will not do any longer. */
export interface HeldSurface {
  /** Shows what there is under a camera; paints first if `changed` says that it has to look different, or if it will not do. Answers whether it was painted. */
  show(look: Look, changed: boolean): boolean
}

/**
 * @param content the part of the image plane where there is anything to draw, in image pixels.
 * @param expect hears what will be painted next. The canvas is given its size only then, which may take as long as half a frame.
 */
export function createHeldSurface(picture: Picture, content: Box, expect: (pose: Pose) => void, draw: DrawPicture): HeldSurface {
  let made: Pose | undefined
  return {
    show(look, changed) {
      const isPainted = changed || made === undefined || !suits(made, look, content)
      if (isPainted) {
        made = nextPose(made, look)
        const pose = clipPose(made, content)
        expect(pose)
        picture.paint(pose, draw)
      }
      picture.place(look.camera)
      return isPainted
    },
  }
}

/** For what the next picture should be made, after one for `before`. */
export function nextPose(before: Pose | undefined, { camera, view, density, moving }: Look): Pose {
  return moving && before !== undefined && isZoomedOut(before, camera) ? widePose(camera, view, density) : sharpPose(camera, view, density)
}

/** Whether a picture will do for now. */
export function suits(pose: Pose, { camera, view, density, moving }: Look, content: Box): boolean {
  const { size } = sharpPose(camera, view, density)
  if (pose.density !== density || pose.size.width !== size.width || pose.size.height !== size.height) return false
  return moving ? isGoodEnough(pose, camera, view, content) : isSharp(pose, camera, view, content)
}
