import { boxBetween } from '../../../../shared/geometry/box.ts'
import type { Box, Size } from '../../../../shared/geometry/box.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { clampPoint } from '../../../../shared/geometry/transform.ts'
import type { Modifiers } from '../../input/inputEvent.ts'

interface Place { readonly point: Point; readonly modifiers: Modifiers }

/** The box dragged out between two places, cut to the image (pixels). Shift makes it square, Alt grows it from its centre. */
export function draggedBox(start: Place, now: Place, imageSize: Size): Box {
  const anchor = clampPoint(start.point, imageSize)
  let dx = now.point[0] - anchor[0]
  let dy = now.point[1] - anchor[1]
  if (now.modifiers.shift) {
    const side = Math.max(Math.abs(dx), Math.abs(dy))
    dx = Math.sign(dx || 1) * side
    dy = Math.sign(dy || 1) * side
  }
  const from: Point = now.modifiers.alt ? [anchor[0] - dx, anchor[1] - dy] : anchor
  return boxBetween(clampPoint(from, imageSize), clampPoint([anchor[0] + dx, anchor[1] + dy], imageSize))
}
