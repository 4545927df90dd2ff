import type { Editor } from '../store/editor.ts'
import { setTolerance } from '../tools/assist/magicWand/tolerance.ts'

/** Sets by how much a colour may differ from that under the wand; what is proposed follows. */
export function setWandTolerance(editor: Editor, tolerance: number): void {
  setTolerance(editor, tolerance)
  editor.dispatch({ type: 'toleranceSet' })
}

const NO_MODIFIERS = { shift: false, alt: false, mod: false }

/** As Enter on the image: takes over what is proposed. */
export function acceptProposal(editor: Editor): void {
  editor.dispatch({ type: 'keyDown', key: 'Enter', modifiers: NO_MODIFIERS, repeat: false })
}

/** Gives up what is proposed, whole. */
export function discardProposal(editor: Editor): void {
  editor.dispatch({ type: 'cancel' })
}
