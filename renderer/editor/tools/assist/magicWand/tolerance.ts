import type { Editor } from '../../../store/editor.ts'

const LARGEST = 128
const STEP = 2

/** Sets the wand's tolerance, within its limits. */
export function setTolerance(editor: Editor, tolerance: number): void {
  editor.update({ wandTolerance: Math.round(Math.min(LARGEST, Math.max(0, tolerance))) })
}

/** The arrows up and down set the tolerance; false for other keys. */
export function stepTolerance(editor: Editor, key: string): boolean {
  const step = key === 'ArrowUp' ? STEP : key === 'ArrowDown' ? -STEP : 0
  if (step !== 0) setTolerance(editor, editor.state.getState().wandTolerance + step)
  return step !== 0
}
