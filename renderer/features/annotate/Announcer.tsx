import { useTranslation } from 'react-i18next'
import type { Editor } from '../../editor/store/editor.ts'
import { selectedShapes } from '../../editor/store/queries.ts'
import { useEditorState } from './useEditorState.ts'
import classes from './AnnotateView.module.css'

/** Says aloud what is selected, and shows for a moment what the editor has to tell. */
export function Announcer({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const selected = useEditorState(editor, selectedShapes)
  const message = useEditorState(editor, (state) => state.message)
  const [first] = selected
  const name = first ? editor.classes.get(first.classId)?.name ?? first.classId : ''
  return (
    <>
      <div className={classes.hidden} role="status">
        {first === undefined ? t('annotate.selectedNone') : t('annotate.selected', { count: selected.length, name })}
      </div>
      <div aria-live="polite">
        {message && <div key={message.id} className={classes.message}>{t(message.key as 'editor.message.classSwitched', { name: message.params['name'] ?? '' })}</div>}
      </div>
    </>
  )
}
