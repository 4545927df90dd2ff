import { Button } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Editor } from '../../editor/store/editor.ts'
import { CommentsPanel } from '../comments/CommentsPanel.tsx'
import { NewComment } from '../comments/NewComment.tsx'
import type { Comments } from './useComments.ts'
import classes from './AnnotateView.module.css'

/** What was said about the task, beside its labels. */
export function CommentsAside({ editor, comments: { threads, shown, active, anchor, choose, begin, end } }: { editor: Editor; comments: Comments }) {
  const { t } = useTranslation()
  if (!shown) return null
  return (
    <aside className={classes.comments} aria-label={t('comments.title')}>
      <CommentsPanel editor={editor} threads={threads} active={active} onChoose={choose} />
      {anchor === undefined
        ? <Button m="sm" variant="default" leftSection={<IconMessagePlus size={15} aria-hidden />} onClick={begin}>{t('comments.new')}</Button>
        : <NewComment anchor={anchor} onClose={end} onSend={(text) => threads.say({ act: { kind: 'opened', anchor, text } })} />}
    </aside>
  )
}
