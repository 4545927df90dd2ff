import type { Box, Size } from '../../../shared/geometry/box.ts'
import type { Camera } from '../../../shared/geometry/camera.ts'
import { createPicture } from './picture.ts'
import type { DrawPicture } from './picture.ts'
import { isGoodEnough, isSharp, isZoomedOut, sharpPose, widePose } from './pose.ts'
import type { Pose } from './pose.ts'

/** How the image is seen in a frame; `view` in CSS pixels, `density` in device pixels for each; `moving` while the camera has not come to rest. */
export interface Look { readonly camera: Camera; readonly view: Size; readonly density: number; readonly moving: boolean }

/** A layer that is made for more than the view and is moved, turned and scaled along with the camera. It is painted again at rest, or when it will not do any longer. */
export interface HeldSurface {
  readonly element: HTMLCanvasElement
  /** Shows what there is under a camera; paints first if `changed` says that it has to look different, or if it will not do. Answers whether it was painted. */
  show(look: Look, changed: boolean): boolean
  /** Draws more over what there is. */
  add(draw: DrawPicture): void
  remove(): void
}

/** @param content the part of the image plane where there is anything to draw, in image pixels. */
export function createHeldSurface(host: HTMLElement, content: Box, draw: DrawPicture): HeldSurface {
  const picture = createPicture(host)
  return {
    element: picture.element,
    show(look, changed) {
      const { pose } = picture
      const isPainted = changed || pose === undefined || !suits(pose, look, content)
      if (isPainted) picture.paint(nextPose(pose, look), draw)
      picture.place(look.camera)
      return isPainted
    },
    add: (drawMore) => { picture.add(drawMore) },
    remove() { picture.remove() },
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
