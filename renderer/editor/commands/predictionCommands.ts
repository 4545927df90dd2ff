import type { Editor } from '../store/editor.ts'
import {
  acceptAllPredictions, acceptPrediction, proposalAtHand, rejectAllPredictions, rejectPrediction, setThreshold,
} from '../actions/predictionActions.ts'
import type { Command } from './command.ts'
import { hasBrushInHand } from './maskCommands.ts'

const THRESHOLD_STEP = 0.05
const canDecide = (editor: Editor) => !editor.readOnly && editor.state.getState().pending.length > 0
const hasPredictions = (editor: Editor) => editor.predictions.length > 0

export const PREDICTION_COMMANDS: readonly Command[] = [
  {
    id: 'predictions.accept', labelKey: 'command.acceptPrediction', group: 'predictions', hotkeys: ['Y'], enabled: canDecide,
    run(editor) {
      const proposed = proposalAtHand(editor)
      if (proposed !== undefined) acceptPrediction(editor, proposed)
    },
  },
  {
    id: 'predictions.reject', labelKey: 'command.rejectPrediction', group: 'predictions', hotkeys: ['N'], enabled: canDecide,
    run(editor) {
      const proposed = proposalAtHand(editor)
      if (proposed !== undefined) rejectPrediction(editor, proposed)
    },
  },
  { id: 'predictions.acceptAll', labelKey: 'command.acceptAllPredictions', group: 'predictions', hotkeys: ['shift+Y'], enabled: canDecide, run: acceptAllPredictions },
  { id: 'predictions.rejectAll', labelKey: 'command.rejectAllPredictions', group: 'predictions', hotkeys: ['shift+N'], enabled: canDecide, run: rejectAllPredictions },
  threshold('lowerThreshold', '[', -THRESHOLD_STEP),
  threshold('raiseThreshold', ']', THRESHOLD_STEP),
]

function threshold(name: string, hotkey: string, step: number): Command {
  return {
    id: `predictions.${name}`, labelKey: `command.${name}`, group: 'predictions', hotkeys: [hotkey], keepsGesture: true,
    enabled: (editor) => hasPredictions(editor) && !hasBrushInHand(editor),
    run: (editor) => { setThreshold(editor, editor.state.getState().threshold + step) },
  }
}
