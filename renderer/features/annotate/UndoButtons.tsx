import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { findCommand } from '../../editor/commands/commands.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { useKeymap } from '../common/hotkeys/KeymapContext.tsx'
import { commandLabel, withHotkey } from './commandText.ts'
import { IconButton } from './IconButton.tsx'
import { useEditorState } from './useEditorState.ts'

/** Undo and redo, each saying what it would take back or bring again. */
export function UndoButtons({ editor }: { editor: Editor }) {
  const { undoName, redoName } = useEditorState(editor, (state) => state.history)
  return (
    <>
      <StepButton editor={editor} id="edit.undo" name={undoName} />
      <StepButton editor={editor} id="edit.redo" name={redoName} />
    </>
  )
}

type EditName = ReturnType<Editor['state']['getState']>['history']['undoName']

function StepButton({ editor, id, name }: { editor: Editor; id: 'edit.undo' | 'edit.redo'; name: EditName }) {
  const { t } = useTranslation()
  const command = findCommand(editor, id, useKeymap())
  const enabled = useEditorState(editor, () => command?.enabled(editor) ?? false)
  if (!command) return null
  const label = commandLabel(t, command)
  const full = name === undefined ? label : t('annotate.stepOf', { step: label, edit: t(`editName.${name}`) })
  return (
    <IconButton
      icon={id === 'edit.undo' ? IconArrowBackUp : IconArrowForwardUp} label={full} hint={withHotkey(t, full, command.hotkeys[0])} disabled={!enabled}
      onClick={() => editor.execute(id)}
    />
  )
}
