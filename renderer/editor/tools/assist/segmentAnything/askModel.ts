import type { Editor } from '../../../store/editor.ts'
import { discard, showProposal, wantsMask } from '../proposal.ts'
import type { PromptProposed, PromptState } from './promptState.ts'

export function showPrompts<S extends PromptProposed>(editor: Editor, data: S): S {
  const box = data.name === 'pressing' ? data.dragged ?? data.box : data.box
  showProposal(editor, data, { marks: data.prompts.map(({ point, subtract }) => ({ points: [point], radius: undefined, subtract })), box })
  return data
}

/** Asks the model about the prompts; without any there is nothing left to propose. */
export function askModel(editor: Editor, data: Omit<PromptProposed, 'name'>): PromptState {
  const { prompts, box, labelClass, mark, region } = data
  if (prompts.length === 0 && box === undefined) return discard(editor, data)
  const since = editor.ask({ tool: 'segmentAnything', prompts: [...prompts], withMask: wantsMask(labelClass), ...(box && { box }) })
  return showPrompts(editor, { name: 'proposed', prompts, box, labelClass, mark, region, since })
}
