import { useTranslation } from 'react-i18next'
import type { Editor } from '../../editor/store/editor.ts'
import { selectedShapes } from '../../editor/store/queries.ts'
import { useEditorState } from './useEditorState.ts'
import { violationText } from './violationText.ts'
import classes from './AnnotateView.module.css'

/** Says aloud what is selected, and shows for a moment what the editor has to tell. */
export function Announcer({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const selected = useEditorState(editor, selectedShapes)
  const message = useEditorState(editor, (state) => state.message)
  const problems = useEditorState(editor, (state) => state.problems.size)
  const [first] = selected
  const ofSelected = useEditorState(editor, (state) => first && state.problems.get(first.id))
  const name = first ? editor.classes.get(first.classId)?.name ?? first.classId : ''
  return (
    <>
      <div className={classes.hidden} role="status">
        {first === undefined ? t('annotate.selectedNone') : t('annotate.selected', { count: selected.length, name })}
      </div>
      <div className={classes.hidden} role="status">{problems > 0 && t('annotate.problems', { count: problems })}</div>
      <div className={classes.hidden} role="status">{ofSelected?.map((violation) => violationText(t, violation)).join('. ')}</div>
      <div aria-live="polite">
        {message && <div key={message.id} className={classes.message}>{t(message.key as 'editor.message.classSwitched', { name: message.params['name'] ?? '' })}</div>}
      </div>
    </>
  )
}
