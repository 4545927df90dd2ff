import type { Point } from '../../../shared/geometry/point.ts'
import type { MagnetKind } from '../../editor/store/state.ts'
import type { CanvasTheme } from '../theme.ts'

const RADIUS = 7

/** The mark of what the pointer is drawn to (CSS pixels): a square around a vertex, a ring around a place on an edge. */
export function paintMagnet(context: CanvasRenderingContext2D, kind: MagnetKind, [x, y]: Point, theme: CanvasTheme): void {
  for (const [style, width] of [['rgba(0, 0, 0, 0.6)', 4], [theme.magnet, 2]] as const) {
    context.beginPath()
    if (kind === 'vertex') context.rect(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS)
    else context.arc(x, y, RADIUS, 0, 2 * Math.PI)
    context.strokeStyle = style
    context.lineWidth = width
    context.stroke()
  }
}
