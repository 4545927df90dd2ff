import { useTranslation } from 'react-i18next'
import type { Editor } from '../../editor/store/editor.ts'
import { useEditorState } from './useEditorState.ts'
import classes from './AnnotateView.module.css'

/** What the drawing under way waits for, over the image while it waits. */
export function GestureHint({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const hint = useEditorState(editor, ({ preview }) => (preview?.kind === 'drawing' ? preview.hint : undefined))
  const { name = '', number = '', total = '' } = hint?.params ?? {}
  return <div role="status">{hint && <div className={classes.hint}>{t(hint.key, { name, number, total })}</div>}</div>
}
