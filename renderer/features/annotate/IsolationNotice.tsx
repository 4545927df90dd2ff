import { Button } from '@mantine/core'
import { IconFocus2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { toggleIsolation } from '../../editor/actions/isolateActions.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { keepKeyboard } from './IconButton.tsx'
import { useEditorState } from './useEditorState.ts'
import classes from './AnnotateView.module.css'

/** Says over the image that other shapes are hidden for now, and shows them again. */
export function IsolationNotice({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const isolated = useEditorState(editor, (state) => state.isolated !== undefined)
  if (!isolated) return null
  return (
    <div className={classes.isolation} role="status">
      <IconFocus2 size={14} aria-hidden />
      {t('annotate.isolated')}
      <Button size="compact-xs" variant="default" onMouseDown={keepKeyboard} onClick={() => toggleIsolation(editor)}>{t('annotate.isolatedEnd')}</Button>
    </div>
  )
}
