import { stepLabels } from '../actions/displayActions.ts'
import { zoomBy, zoomTo, zoomToFit } from '../actions/viewActions.ts'
import { always } from './command.ts'
import type { Command } from './command.ts'

const ZOOM_STEP = 1.25

export const VIEW_COMMANDS: readonly Command[] = [
  {
    id: 'view.zoomIn', labelKey: 'command.zoomIn', group: 'view', hotkeys: ['=', '[plus]', 'shift+[plus]'], keepsGesture: true,
    enabled: always, run: (editor) => { zoomBy(editor, ZOOM_STEP) },
  },
  {
    id: 'view.zoomOut', labelKey: 'command.zoomOut', group: 'view', hotkeys: ['-'], keepsGesture: true,
    enabled: always, run: (editor) => { zoomBy(editor, 1 / ZOOM_STEP) },
  },
  {
    id: 'view.fit', labelKey: 'command.zoomToFit', group: 'view', hotkeys: ['shift+Digit1'], keepsGesture: true,
    enabled: always, run: zoomToFit,
  },
  {
    id: 'view.actualSize', labelKey: 'command.actualSize', group: 'view', hotkeys: ['shift+Digit2', 'mod+Digit0'], keepsGesture: true,
    enabled: always, run: (editor) => { zoomTo(editor, 1) },
  },
  {
    id: 'view.toggleLabels', labelKey: 'command.toggleLabels', group: 'view', hotkeys: ['T'], keepsGesture: true,
    enabled: always, run: stepLabels,
  },
]
