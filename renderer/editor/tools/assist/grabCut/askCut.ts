import type { Editor } from '../../../store/editor.ts'
import { showProposal, wantsMask } from '../proposal.ts'
import type { CutProposed } from './cutState.ts'

/** Asks for the object in the box as the strokes say. */
export function askCut(editor: Editor, { box, strokes, labelClass }: Pick<CutProposed, 'box' | 'strokes' | 'labelClass'>): number {
  return editor.ask({ tool: 'grabCut', box, strokes: [...strokes], withMask: wantsMask(labelClass) })
}

export function showCut<S extends CutProposed>(editor: Editor, data: S): S {
  showProposal(editor, data, { marks: data.name === 'stroking' ? [...data.strokes, data.stroke] : data.strokes, box: data.box })
  return data
}
