import type { ClassId } from '../../../shared/domain/ids.ts'
import type { Editor } from '../store/editor.ts'
import { hasUseFor } from '../store/toolUse.ts'
import { TOOL_IDS } from '../store/state.ts'
import { relabelSelection } from './shapeActions.ts'

/**
 * Makes a class the one for new shapes. With the select tool in hand it relabels the selection too; with a drawing tool
 * that the class does not allow, the tool changes to one that it does.
 */
export function pickClass(editor: Editor, classId: ClassId): void {
  const labelClass = editor.classes.get(classId)
  if (labelClass === undefined) return
  editor.update({ activeClassId: classId })
  const { tool, selection } = editor.state.getState()
  if (tool === 'select') {
    if (selection.size > 0) relabelSelection(editor, classId)
    return
  }
  const only = { classes: [labelClass] }
  if (tool === 'ruler' || hasUseFor(only, tool)) return
  const fitting = TOOL_IDS.find((id) => id !== 'select' && id !== 'ruler' && hasUseFor(only, id))
  if (fitting !== undefined) editor.setTool(fitting)
}
