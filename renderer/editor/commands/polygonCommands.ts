import {
  cutByNeighbours, fillHoles, intersectSelection, joinSelection, simplifySelection, smoothSelection, subtractSelection,
} from '../actions/polygonActions.ts'
import type { Editor } from '../store/editor.ts'
import { selectedShapes } from '../store/queries.ts'
import type { Command } from './command.ts'

const hasSelected = (editor: Editor, least: number) => !editor.readOnly && editor.state.getState().selection.size >= least
const hasPath = (editor: Editor) => !editor.readOnly
  && selectedShapes(editor.state.getState()).some(({ geometry }) => geometry.kind === 'polygon' || geometry.kind === 'polyline')
const hasHole = (editor: Editor) => !editor.readOnly
  && selectedShapes(editor.state.getState()).some(({ geometry }) => geometry.kind === 'mask' || (geometry.kind === 'polygon' && geometry.rings.length > 1))

export const POLYGON_COMMANDS: readonly Command[] = [
  { id: 'polygons.join', labelKey: 'command.joinShapes', group: 'polygons', hotkeys: ['J'], enabled: (editor) => hasSelected(editor, 2), run: joinSelection },
  { id: 'polygons.subtract', labelKey: 'command.subtractShapes', group: 'polygons', hotkeys: ['mod+J'], enabled: (editor) => hasSelected(editor, 2), run: subtractSelection },
  { id: 'polygons.intersect', labelKey: 'command.intersectShapes', group: 'polygons', hotkeys: ['shift+J'], enabled: (editor) => hasSelected(editor, 2), run: intersectSelection },
  {
    id: 'polygons.cutByNeighbours', labelKey: 'command.cutByNeighbours', group: 'polygons', hotkeys: ['mod+shift+J'],
    enabled: (editor) => hasSelected(editor, 1), run: cutByNeighbours,
  },
  { id: 'polygons.fillHoles', labelKey: 'command.fillHoles', group: 'polygons', hotkeys: ['shift+F'], enabled: hasHole, run: fillHoles },
  { id: 'polygons.simplify', labelKey: 'command.simplifyShape', group: 'polygons', hotkeys: ['shift+S'], enabled: hasPath, run: simplifySelection },
  { id: 'polygons.smooth', labelKey: 'command.smoothShape', group: 'polygons', hotkeys: ['mod+shift+S'], enabled: hasPath, run: smoothSelection },
  {
    id: 'polygons.magnetic', labelKey: 'command.toggleMagnetic', group: 'polygons', hotkeys: ['shift+M'], keepsGesture: true, enabled: (editor) => !editor.readOnly,
    run: (editor) => { editor.update({ magnetic: !editor.state.getState().magnetic }) },
  },
]
