import { UNADJUSTED } from '../store/adjustments.ts'
import type { Adjustments } from '../store/adjustments.ts'
import type { Editor } from '../store/editor.ts'

/** Changes in which colours the image is shown, and shows it so. */
export function setAdjustments(editor: Editor, change: Partial<Adjustments>): void {
  editor.update({ adjustments: { ...editor.state.getState().adjustments, ...change }, adjusted: true })
}

export function resetAdjustments(editor: Editor): void {
  editor.update({ adjustments: UNADJUSTED, adjusted: true })
}

/** Shows the original in place of the adjusted image, or the other way round. */
export function toggleAdjusted(editor: Editor): void {
  editor.update({ adjusted: !editor.state.getState().adjusted })
}

/** Spreads values between `low` and `high` (0 to 1) over the whole range. */
export function stretchContrast(editor: Editor, { low, high }: { readonly low: number; readonly high: number }): void {
  const slope = 1 / Math.max(high - low, 1 / 255)
  setAdjustments(editor, { brightness: 0.5 - (low + high) / 2, contrast: (4 / Math.PI) * Math.atan(slope) - 1, gamma: 1 })
}
