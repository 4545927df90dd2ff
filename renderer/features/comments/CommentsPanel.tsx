import { Button, Group, Text, Textarea } from '@mantine/core'
import { IconCheck, IconCornerDownRight, IconMapPin, IconRotate } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Comment, CommentAct, CommentThread } from '../../../shared/domain/comment.ts'
import type { CommentId, RevisionId } from '../../../shared/domain/ids.ts'
import type { Editor } from '../../editor/store/editor.ts'
import { useFormat } from '../common/useFormat.ts'
import { showAnchor } from './places.ts'
import type { Threads } from './useThreads.ts'
import classes from './Comments.module.css'

interface CommentsPanelProps {
  /** Missing while there is no image to lead to. */
  editor: Editor | undefined
  threads: Threads
  /** What is looked at, if that is a frozen result. */
  revisionId?: RevisionId
  active: CommentId | undefined
  onChoose: (id: CommentId) => void
}

/** The threads about a task, open ones first; each can be answered, settled, opened again, and leads to its place. */
export function CommentsPanel({ editor, threads: { threads, say }, revisionId, active, onChoose }: CommentsPanelProps) {
  const { t } = useTranslation()
  const sorted = [...threads.filter(({ resolved }) => !resolved), ...threads.filter(({ resolved }) => resolved)]
  const numbers = new Map(threads.filter(({ resolved, anchor }) => !resolved && anchor.kind !== 'task').map(({ id }, index) => [id, index + 1]))
  const choose = (thread: CommentThread) => {
    onChoose(thread.id)
    if (editor !== undefined) showAnchor(editor, thread.anchor)
  }
  return (
    <div className={classes.panel}>
      {sorted.length === 0 && <Text p="md" size="sm" c="dimmed">{t('comments.none')}</Text>}
      <ul className={classes.threads} aria-label={t('comments.title')}>
        {sorted.map((thread) => (
          <Thread
            key={thread.id} thread={thread} number={numbers.get(thread.id)} active={thread.id === active} onShow={editor && thread.anchor.kind !== 'task' ? () => choose(thread) : undefined}
            onAct={(act) => say({ threadId: thread.id, act, ...(revisionId && { revisionId }) })}
          />
        ))}
      </ul>
    </div>
  )
}

interface ThreadProps { thread: CommentThread; number: number | undefined; active: boolean; onShow: (() => void) | undefined; onAct: (act: CommentAct) => Promise<boolean> }

function Thread({ thread, number, active, onShow, onAct }: ThreadProps) {
  const { t } = useTranslation()
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => { if (active) row.current?.scrollIntoView({ block: 'nearest' }) }, [active])
  return (
    <li ref={row} className={classes.thread} data-active={active || undefined} data-resolved={thread.resolved || undefined}>
      {thread.remarks.map((remark) => <Remark key={remark.id} remark={remark} />)}
      <Group gap={6} mb={thread.resolved ? 0 : 6}>
        {onShow && <Button size="compact-xs" variant="subtle" leftSection={<IconMapPin size={13} aria-hidden />} onClick={onShow}>{number === undefined ? t('comments.show') : t('comments.showNumber', { number })}</Button>}
        {thread.resolved
          ? <Button size="compact-xs" variant="subtle" leftSection={<IconRotate size={13} aria-hidden />} onClick={() => void onAct({ kind: 'reopened' })}>{t('comments.reopen')}</Button>
          : <Button size="compact-xs" variant="subtle" leftSection={<IconCheck size={13} aria-hidden />} onClick={() => void onAct({ kind: 'resolved' })}>{t('comments.resolve')}</Button>}
      </Group>
      {!thread.resolved && <Reply onSend={(text) => onAct({ kind: 'replied', text })} />}
    </li>
  )
}

function Remark({ remark: { author, createdAt, act } }: { remark: Comment }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={classes.remark}>
      <div className={classes.who}><strong>{author}</strong><span>{format.dateTime(createdAt)}</span></div>
      {act.kind === 'opened' || act.kind === 'replied' ? <div className={classes.text} data-selectable>{act.text}</div> : <div className={classes.act}>{t(`comments.act.${act.kind}`)}</div>}
    </div>
  )
}

/** What was typed stays until it is kept. */
function Reply({ onSend }: { onSend: (text: string) => Promise<boolean> }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const send = () => {
    if (text.trim() === '') return
    void onSend(text).then((kept) => { if (kept) setText('') })
  }
  return (
    <Group gap={6} wrap="nowrap" align="flex-end">
      <Textarea
        aria-label={t('comments.reply')} placeholder={t('comments.reply')} size="xs" autosize minRows={1} maxRows={6} style={{ flex: 1 }} value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send() } }}
      />
      {text.trim() !== '' && <Button size="compact-sm" leftSection={<IconCornerDownRight size={13} aria-hidden />} onClick={send}>{t('comments.send')}</Button>}
    </Group>
  )
}
