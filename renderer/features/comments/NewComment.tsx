import { Button, Group, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommentAnchor } from '../../../shared/domain/comment.ts'
import classes from './Comments.module.css'

interface NewCommentProps {
  anchor: CommentAnchor
  onSend: (text: string) => Promise<boolean>
  onClose: () => void
}

/** The field for a new thread; says what it will be pinned to. */
export function NewComment({ anchor, onSend, onClose }: NewCommentProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const send = () => {
    if (text.trim() !== '') void onSend(text).then((kept) => { if (kept) onClose() })
  }
  return (
    <div className={classes.compose}>
      <Text size="xs" c="dimmed">{t(`comments.pinTo.${anchor.kind}`)}</Text>
      <Textarea
        autoFocus data-autofocus aria-label={t('comments.new')} placeholder={t('comments.placeholder')} autosize minRows={2} maxRows={8} value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send() }
          if (event.key === 'Escape') { event.stopPropagation(); onClose() }
        }}
      />
      <Group gap="xs" justify="flex-end">
        <Button variant="default" onClick={onClose}>{t('common.cancel')}</Button>
        <Button disabled={text.trim() === ''} onClick={send}>{t('comments.send')}</Button>
      </Group>
    </div>
  )
}
