import { stepLowConfidence, stepProblem } from '../actions/jumpActions.ts'
import { always } from './command.ts'
import type { Command } from './command.ts'

export const JUMP_COMMANDS: readonly Command[] = [
  { id: 'objects.nextProblem', labelKey: 'command.nextProblem', group: 'objects', hotkeys: ['F8'], enabled: always, run: (editor) => { stepProblem(editor, 1) } },
  { id: 'objects.previousProblem', labelKey: 'command.previousProblem', group: 'objects', hotkeys: ['shift+F8'], enabled: always, run: (editor) => { stepProblem(editor, -1) } },
  { id: 'predictions.nextUnsure', labelKey: 'command.nextUnsure', group: 'predictions', hotkeys: ['U'], enabled: always, run: (editor) => { stepLowConfidence(editor, 1) } },
  { id: 'predictions.previousUnsure', labelKey: 'command.previousUnsure', group: 'predictions', hotkeys: ['shift+U'], enabled: always, run: (editor) => { stepLowConfidence(editor, -1) } },
]
