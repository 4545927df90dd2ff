import type { Point } from '../../../../shared/geometry/point.ts'
import { angleTo, distance } from '../../../../shared/geometry/vector.ts'
import { abandons } from '../../input/inputEvent.ts'
import { isDrag } from '../tool.ts'
import type { StateNode } from '../tool.ts'
import type { RulerState } from './rulerState.ts'

/** With Shift held the line keeps to steps of this many degrees. */
const SNAP_DEGREES = 15

/** A press without a drag takes the last line away. */
export const measuring: StateNode<RulerState, 'measuring'> = {
  handle(data, event, editor) {
    if (abandons(event)) {
      editor.update({ measurement: undefined })
      return { name: 'idle' }
    }
    if (event.type !== 'pointerMove' && event.type !== 'pointerUp') return undefined
    const { start } = data
    const to = event.modifiers.shift ? snapped(start.point, event.point) : event.point
    editor.update({ measurement: isDrag(start, event) ? { from: start.point, to } : undefined })
    return event.type === 'pointerUp' ? { name: 'idle' } : data
  },
  cursor: () => 'crosshair',
}

function snapped(from: Point, to: Point): Point {
  const degrees = Math.round(angleTo(from, to) / SNAP_DEGREES) * SNAP_DEGREES
  const length = distance(from, to)
  const radians = (degrees * Math.PI) / 180
  return [from[0] + length * Math.cos(radians), from[1] + length * Math.sin(radians)]
}
