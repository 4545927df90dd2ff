import { Button, Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Editor } from '../../editor/store/editor.ts'
import { keepKeyboard } from './IconButton.tsx'
import { useEditorState } from './useEditorState.ts'
import classes from './AnnotateView.module.css'

/** What is done sooner than this (milliseconds) needs no notice. */
const SOON_MS = 300

/** Says over the image that shapes are being worked on, and gives that up. */
export function WorkNotice({ editor }: { editor: Editor }) {
  const isWorking = useEditorState(editor, (state) => state.isWorking)
  return isWorking ? <Notice editor={editor} /> : null
}

function Notice({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => { setLate(true) }, SOON_MS)
    return () => { clearTimeout(timer) }
  }, [])
  if (!late) return null
  return (
    <div className={classes.workNotice} role="status">
      <Loader size={14} aria-hidden />
      {t('annotate.working')}
      <Button size="compact-xs" variant="default" onMouseDown={keepKeyboard} onClick={() => { editor.stopWork() }}>{t('annotate.workingStop')}</Button>
    </div>
  )
}
