import { CloseButton, Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { selectShapes } from '../../editor/actions/shapeActions.ts'
import { zoomToShapes } from '../../editor/actions/viewActions.ts'
import type { Editor } from '../../editor/store/editor.ts'
import type { Violation } from '../../../shared/domain/validateDraft.ts'
import { useEditorState } from './useEditorState.ts'
import { violationText } from './violationText.ts'
import classes from './AnnotateView.module.css'

/** What keeps the task from being submitted; a click leads to the shape. */
export function Violations({ violations, editor, onClose }: { violations: Violation[]; editor: Editor; onClose: () => void }) {
  const { t } = useTranslation()
  const shapes = useEditorState(editor, (state) => state.shapes)
  const show = (violation: Violation) => {
    const shape = shapes.find(({ id }) => id === violation.shapeId)
    if (!shape) return
    selectShapes(editor, [shape.id])
    zoomToShapes(editor, [shape.id])
  }
  const nameOf = ({ shapeId }: Violation) => {
    const index = shapes.findIndex(({ id }) => id === shapeId)
    const shape = shapes[index]
    return shape && t('annotate.object', { class: editor.classes.get(shape.classId)?.name ?? shape.classId, number: index + 1 })
  }
  return (
    <div className={classes.violations} role="alert">
      <IconAlertTriangle size={16} className={classes.warning} aria-hidden />
      <div className={classes.gap}>
        <Text fw={600}>{t('annotate.violations.title')}: {t('annotate.violations.found', { count: violations.length })}</Text>
        <ul>
          {violations.map((violation, index) => {
            const name = nameOf(violation)
            const text = violationText(t, violation)
            return (
              <li key={index}>
                {name === undefined ? text : <UnstyledButton className={classes.link} onClick={() => show(violation)}>{name}: {text}</UnstyledButton>}
              </li>
            )
          })}
        </ul>
      </div>
      <CloseButton size="sm" aria-label={t('common.close')} onClick={onClose} />
    </div>
  )
}
