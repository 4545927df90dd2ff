import type { Box, Size } from '../../../shared/geometry/box.ts'
import { visibleBox } from '../../../shared/geometry/camera.ts'
import type { ImageSource } from '../../../shared/rpc/openTask.ts'
import { createHeldSurface } from '../held/heldSurface.ts'
import type { Look } from '../held/heldSurface.ts'
import { createGrowingPicture, createWholePicture } from '../held/picture.ts'
import type { Pose } from '../held/pose.ts'
import { createImageLayer } from './imageLayer.ts'
import type { ImagePixels } from './imageLayer.ts'

/** The image on a surface of its own. */
export interface ImagePicture {
  readonly element: HTMLCanvasElement
  readonly pixels: ImagePixels
  /** Shows the image under a camera; `changed` as for a held surface. What has arrived since is added to what there is. */
  show(look: Look, changed: boolean): void
  remove(): void
}

export interface ImagePictureEvents {
  /** More of the image has arrived. */
  readonly onLoaded: () => void
  /** The image should be shown again. */
  readonly onStale: () => void
  /** Nothing of the image can be shown. */
  readonly onProblem: (error: unknown) => void
}

export function createImagePicture(host: HTMLElement, image: ImageSource, size: Size, { onLoaded, onStale, onProblem }: ImagePictureEvents): ImagePicture {
  let isStale = false
  let hasMore = false
  let inView: Box = { x: 0, y: 0, ...size }
  const layer = createImageLayer(image, {
    onLoaded() {
      hasMore = true
      onLoaded()
    },
    onStale() {
      isStale = true
      onStale()
    },
    onProblem,
  })
  // Only tiles arrive one by one.
  const growing = image.kind === 'pyramid' ? createGrowingPicture(host) : undefined
  const picture = growing ?? createWholePicture(host)
  const ask = ({ camera, size, density }: Pose) => { layer.ask(camera, size, density, inView) }
  const surface = createHeldSurface(picture, { x: 0, y: 0, ...size }, ask, (...seen) => { layer.paint(...seen) })
  return {
    element: picture.element,
    pixels: layer,
    show(look, changed) {
      // A blank canvas would be put on the screen like any other, and the image would wait for that.
      if (layer.isBlank()) return
      inView = visibleBox(look.camera, look.view)
      const isPainted = surface.show(look, changed || isStale)
      if (hasMore && !isPainted) growing?.add((context, camera, _size, density) => { layer.drawArrived(context, camera, density) })
      isStale = false
      hasMore = false
    },
    remove() {
      layer.dispose()
      picture.remove()
    },
  }
}
