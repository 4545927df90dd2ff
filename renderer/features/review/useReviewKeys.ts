import { commandsFor } from '../../editor/commands/commands.ts'
import { hotkeysOf } from '../../editor/commands/keymap.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { useKeymap } from '../common/hotkeys/KeymapContext.tsx'
import { useCommandKeys, type KeyBinding } from '../common/useCommandKeys.ts'
import { REVIEW_COMMAND_NAMES, REVIEW_COMMANDS, type ReviewCommand } from './commands.ts'

export type ReviewRun = Readonly<Record<ReviewCommand, () => boolean | void>>

/** Binds the keys of reviewing, and of the editor those that look; none while a dialog is open, wherever the keyboard is. */
export function useReviewKeys(editor: Editor, run: ReviewRun, isDialogOpen: boolean): void {
  const keymap = useKeymap()
  const ofReview = REVIEW_COMMAND_NAMES.flatMap((name) => hotkeysOf(keymap, REVIEW_COMMANDS[name]).map((hotkey): KeyBinding => ({ hotkey, run: run[name] })))
  const taken = new Set(ofReview.map(({ hotkey }) => hotkey.toLowerCase()))
  const ofView = commandsFor(editor.schema, keymap).filter(({ group }) => group === 'view' || group === 'objects').flatMap(({ id, hotkeys }) =>
    hotkeys.filter((hotkey) => !taken.has(hotkey.toLowerCase())).map((hotkey): KeyBinding => ({ hotkey, run: () => editor.execute(id) })))
  useCommandKeys(isDialogOpen ? [] : [...ofReview, ...ofView])
}
