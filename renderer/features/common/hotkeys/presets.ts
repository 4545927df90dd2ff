import type { HotkeySettings } from '../../../../shared/rpc/workspace.ts'

type HotkeysByCommand = Readonly<Record<string, readonly string[]>>

/** The keys of programs that people come from, by command, where they differ from Fieldmark's own. A command that loses its key to another gets one that is free. */
export const PRESETS: Readonly<Record<HotkeySettings['preset'], HotkeysByCommand>> = {
  fieldmark: {},
  cvat: {
    'tools.again': ['N'],
    'tools.knife': ['alt+J'],
    'tools.redraw': ['alt+shift+J'],
    'polygons.fillHoles': ['alt+F'],
    'predictions.reject': ['X'],
    'predictions.rejectAll': ['shift+X'],
    'task.next': ['F'],
    'task.previous': ['D'],
    'task.nextUnlabelled': ['shift+F'],
    'task.submit': ['mod+S', 'mod+Enter'],
    'objects.hideAll': ['T', 'mod+H'],
    'view.toggleLabels': ['shift+T'],
    'objects.lock': ['L'],
    'tools.polyline': ['shift+L'],
  },
  labelStudio: {
    'task.next': ['mod+ArrowRight', 'D'],
    'task.previous': ['mod+ArrowLeft', 'A'],
    'objects.hide': ['alt+H'],
    'objects.next': ['alt+.', '.'],
    'objects.previous': ['alt+,', ','],
  },
  labelme: {
    'tools.rectangle': ['mod+R', 'R'],
    'tools.polygon': ['mod+N', 'P'],
    'tools.select': ['mod+J', 'V'],
    'polygons.subtract': ['alt+J'],
    'task.submit': ['mod+S', 'mod+Enter'],
    'view.fit': ['mod+F', 'shift+Digit1'],
    'objects.hide': ['S'],
  },
}
