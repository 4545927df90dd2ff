import type { Dab } from '../../../../shared/geometry/brush.ts'
import type { PointerDown, PointerMove } from '../../input/inputEvent.ts'
import type { Editor } from '../../store/editor.ts'
import type { Painting } from './brushState.ts'
import { targetForErasing } from './strokeTarget.ts'

/** The lightest touch of a pen still paints with this share of the brush. */
const LEAST_PRESSURE = 0.1

/** Where and how widely the brush touches the image now. */
export function dabOf(editor: Editor, { point, pressure }: PointerDown | PointerMove): Dab {
  return { point, radius: (editor.state.getState().brush.diameter / 2) * Math.max(LEAST_PRESSURE, pressure) }
}

/** Leads the stroke on to a dab and shows it. */
export function paintTo(editor: Editor, data: Painting, dab: Dab): Painting {
  const { stroke, effect } = data
  stroke.add(dab)
  const target = data.target ?? targetForErasing(editor, dab.point)
  editor.update({ preview: { kind: 'stroke', effect, stroke, dabs: stroke.dabs.length, target: target?.kind === 'mask' ? target.shape.id : undefined, classId: classOf(editor, { ...data, target }) } })
  return { ...data, target }
}

function classOf(editor: Editor, { target }: Painting) {
  if (target === undefined) return editor.state.getState().activeClassId
  return target.kind === 'mask' ? target.shape.classId : target.labelClass.id
}
