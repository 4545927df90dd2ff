import { clampPoint } from '../../../../../shared/geometry/transform.ts'
import type { StateNode } from '../../tool.ts'
import { classForProposal } from '../proposal.ts'
import { askWay, showWire } from './wire.ts'
import type { WireState, WireTracing } from './wireState.ts'

export const idle: StateNode<WireState, 'idle'> = {
  handle(_, event, editor) {
    if (event.type !== 'pointerDown' || event.button !== 'primary') return undefined
    const labelClass = classForProposal(editor)
    if (labelClass === undefined) return { name: 'idle' }
    const point = clampPoint(event.point, editor.imageSize)
    // The first question lets the ways from here be looked for before the pointer moves.
    const since = askWay(editor, point, point, false)
    const tracing: WireTracing = { name: 'tracing', mark: editor.mark(), labelClass, anchors: [point], segments: [], cursor: point, live: [], since, closing: false }
    showWire(editor, tracing)
    return tracing
  },
  cursor: (_, editor) => (editor.readOnly ? 'not-allowed' : 'crosshair'),
}
