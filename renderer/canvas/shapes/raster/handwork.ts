import { boxesMeet, expandBox } from '../../../../shared/geometry/box.ts'
import { visibleBox } from '../../../../shared/geometry/camera.ts'
import { LABEL_FROM, MOST_LABELS, POINT_RADIUS } from '../levelOfDetail.ts'
import type { PictureRequest, RasterPicture } from './messages.ts'
import { BY_HAND, DOT } from './packedShapes.ts'
import type { Scene } from './scene.ts'

/** The numbers of the shapes in a picture that have to be painted by hand, and of those that have room for a label unless there are too many. */
export function findHandwork(scene: Scene, { pose, labels }: PictureRequest): Pick<RasterPicture, 'byHand' | 'labelled'> {
  const inView = expandBox(visibleBox(pose.camera, pose.size), POINT_RADIUS / pose.camera.zoom)
  const byHand: number[] = []
  const labelled: number[] = []
  let first = 0
  for (const block of scene.blocks) {
    for (let shape = 0; shape < block.count; shape += 1) {
      const kind = block.shapes.kinds[shape]
      const roomy = labels && labelled.length <= MOST_LABELS && (kind === DOT || Math.max(block.width(shape), block.height(shape)) * pose.camera.zoom >= LABEL_FROM)
      if ((kind !== BY_HAND && !roomy) || !block.isShown(shape) || !boxesMeet(block.boundsOf(shape), inView)) continue
      if (kind === BY_HAND) byHand.push(first + shape)
      if (roomy) labelled.push(first + shape)
    }
    first += block.count
  }
  return { byHand, labelled: labelled.length > MOST_LABELS ? [] : labelled }
}
