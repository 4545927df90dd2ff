import { resetAdjustments, toggleAdjusted } from '../actions/adjustmentActions.ts'
import { setDisplay, stepLabels } from '../actions/displayActions.ts'
import { mirrorView, turnView, uprightView } from '../actions/turnActions.ts'
import { zoomBy, zoomTo, zoomToFit } from '../actions/viewActions.ts'
import { isUnadjusted } from '../store/adjustments.ts'
import type { Editor } from '../store/editor.ts'
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
  view('turnRight', ['mod+shift+ArrowRight'], (editor) => { turnView(editor, 90) }),
  view('turnLeft', ['mod+shift+ArrowLeft'], (editor) => { turnView(editor, -90) }),
  view('mirror', ['mod+shift+ArrowDown'], mirrorView),
  view('upright', ['mod+shift+ArrowUp'], uprightView),
  view('adjusted', ['0'], toggleAdjusted, (editor) => !isUnadjusted(editor.state.getState().adjustments)),
  view('resetAdjustments', ['alt+0'], resetAdjustments, (editor) => !isUnadjusted(editor.state.getState().adjustments)),
  view('minimap', ['alt+M'], (editor) => { setDisplay(editor, { minimap: !editor.state.getState().display.minimap }) }),
  view('loupe', ['Z'], (editor) => { editor.update({ loupe: !editor.state.getState().loupe }) }),
  view('pixelGrid', ['alt+G'], (editor) => { setDisplay(editor, { pixelGrid: !editor.state.getState().display.pixelGrid }) }),
  view('crosshair', ['alt+X'], (editor) => { setDisplay(editor, { crosshair: !editor.state.getState().display.crosshair }) }),
]

/** A command that changes what is seen and leaves every gesture alone. */
function view(name: string, hotkeys: readonly string[], run: (editor: Editor) => void, enabled: (editor: Editor) => boolean = always): Command {
  return { id: `view.${name}`, labelKey: `command.${name}`, group: 'view', hotkeys, keepsGesture: true, enabled, run }
}
