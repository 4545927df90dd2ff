import { LABELS_SHOWN } from '../../../shared/domain/display.ts'
import type { Display } from '../../../shared/domain/display.ts'
import type { Editor } from '../store/editor.ts'

/** Changes how shapes are shown. */
export function setDisplay(editor: Editor, change: Partial<Display>): void {
  editor.update({ display: { ...editor.state.getState().display, ...change } })
}

/** Labels at all shapes, at the selected ones, at none, and round again. */
export function stepLabels(editor: Editor): void {
  const at = LABELS_SHOWN.indexOf(editor.state.getState().display.labels)
  setDisplay(editor, { labels: LABELS_SHOWN[(at + 1) % LABELS_SHOWN.length] ?? 'all' })
}
