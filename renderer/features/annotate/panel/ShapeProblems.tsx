import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ShapeId } from '../../../../shared/domain/ids.ts'
import type { Editor } from '../../../editor/store/editor.ts'
import { useEditorState } from '../useEditorState.ts'
import { violationText } from '../violationText.ts'
import classes from './Panel.module.css'

/** What is wrong with one shape, while it is being worked on. */
export function ShapeProblems({ editor, shapeId }: { editor: Editor; shapeId: ShapeId }) {
  const { t } = useTranslation()
  const violations = useEditorState(editor, (state) => state.problems.get(shapeId))
  if (!violations) return null
  return (
    <ul className={classes.problems} aria-label={t('annotate.problemsOfShape')}>
      {violations.map((violation) => (
        <li key={violation.rule + violation.subject}><IconAlertTriangle size={13} aria-hidden />{violationText(t, violation)}</li>
      ))}
    </ul>
  )
}
