import { Button, Tabs, Text } from '@mantine/core'
import { IconArrowLeft, IconCheck, IconChevronLeft, IconChevronRight, IconGitCompare, IconHistory, IconMessagePlus, IconPencil, IconX } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { AnnotationCanvas } from '../../canvas/AnnotationCanvas.tsx'
import { useEngineData } from '../../bridge/useEngineData.ts'
import { lookAt } from '../../editor/actions/viewActions.ts'
import { hotkeysOf } from '../../editor/commands/keymap.ts'
import type { CommentAnchor } from '../../../shared/domain/comment.ts'
import type { CommentId } from '../../../shared/domain/ids.ts'
import type { LabelSchema } from '../../../shared/domain/labelSchema.ts'
import type { Revision } from '../../../shared/domain/revision.ts'
import type { ImageSource, OpenTask } from '../../../shared/rpc/openTask.ts'
import { AgreementPanel } from '../agreement/AgreementPanel.tsx'
import { CommentPins } from '../comments/CommentPins.tsx'
import { CommentsPanel } from '../comments/CommentsPanel.tsx'
import { NewComment } from '../comments/NewComment.tsx'
import { anchorHere } from '../comments/places.ts'
import { useThreads } from '../comments/useThreads.ts'
import { withHotkey } from '../annotate/commandText.ts'
import { IconButton } from '../annotate/IconButton.tsx'
import { ObjectList } from '../annotate/panel/ObjectList.tsx'
import { CompareVersionsDialog } from '../compare/CompareVersionsDialog.tsx'
import { useKeymap } from '../common/hotkeys/KeymapContext.tsx'
import { lookOnlyEditor } from '../common/lookOnlyEditor.ts'
import { useFormat } from '../common/useFormat.ts'
import { REVIEW_COMMANDS, type ReviewCommand } from './commands.ts'
import { GoldLine } from './GoldLine.tsx'
import { RejectDialog } from './RejectDialog.tsx'
import type { ResultViewProps } from './resultViewProps.ts'
import { TimeTravelDialog } from '../timeTravel/TimeTravelDialog.tsx'
import { Story } from './Story.tsx'
import { useDecision } from './useDecision.ts'
import { useReviewKeys, type ReviewRun } from './useReviewKeys.ts'
import classes from './Review.module.css'

interface ResultDeskProps extends ResultViewProps { task: OpenTask; schema: LabelSchema; image: ImageSource; revision: Revision }

/** A result on its image, what was said about it, how it came about, and the decision. */
export function ResultDesk({ open, rows, onShow, onMend, task, schema, image, revision }: ResultDeskProps) {
  const { t } = useTranslation()
  const [editor] = useState(() => lookOnlyEditor(revision.shapes, schema, image))
  const threads = useThreads(open.taskId)
  const { data: story } = useEngineData('reviews.story', { taskId: open.taskId }, ['tasks.changed'])
  const [active, setActive] = useState<CommentId>()
  const [anchor, setAnchor] = useState<CommentAnchor>()
  const [dialog, setDialog] = useState<'reject' | 'compare' | 'gold' | 'replay'>()
  const [tab, setTab] = useState<string | null>('comments')
  const host = useRef<HTMLDivElement>(null)
  const classNames = useMemo(() => new Map<string, string>(schema.classes.map(({ id, name }) => [id, name])), [schema])
  useEffect(() => host.current?.querySelector<HTMLElement>('[role="application"]')?.focus(), [])

  const at = rows.findIndex(({ revisionId }) => revisionId === open.revisionId)
  const go = (row: typeof rows[number] | undefined) => {
    if (row === undefined) return false
    onShow(row)
    return true
  }
  // A result that was decided on leaves the queue: the one after it takes its place.
  const goOn = () => onShow(rows[at + 1] ?? (at > 0 ? rows[at - 1] : undefined))
  const hasHistory = story?.revisions.some(({ id, hasJournal }) => id === open.revisionId && hasJournal) ?? false
  const decision = useDecision(open, goOn, onMend)
  const choose = (id: CommentId) => { setActive(id); setTab('comments') }
  const run: ReviewRun = {
    accept: () => void decision.accept(),
    reject: () => setDialog('reject'),
    mend: () => void decision.mend(),
    comment: () => { setAnchor(anchorHere(editor)); setTab('comments') },
    compare: () => setDialog('compare'),
    replay: () => { if (hasHistory) setDialog('replay'); return hasHistory },
    next: () => go(rows[at + 1]),
    previous: () => go(rows[at - 1]),
    leave: () => (anchor === undefined ? onShow(undefined) : setAnchor(undefined)),
  }
  useReviewKeys(editor, run, dialog !== undefined)
  // Once the key that closes it has passed, or Escape would leave the result too.
  const closeDialog = () => { setTimeout(() => setDialog(undefined), 0) }
  return (
    <section className={classes.desk} aria-label={task.asset.name}>
      <DeskHeader task={task} revision={revision} run={run} busy={decision.busy} hasHistory={hasHistory} decided={story?.reviews.findLast(({ revisionId }) => revisionId === open.revisionId)?.decision} hasNext={rows[at + 1] !== undefined} hasPrevious={at > 0} />
      <div className={classes.work}>
        <div ref={host} className={classes.canvas}>
          <AnnotationCanvas editor={editor} image={image} label={`${t('review.canvas')} ${task.asset.name}`} />
          <CommentPins editor={editor} threads={threads.threads} active={active} onChoose={choose} />
        </div>
        <aside className={classes.side} aria-label={t('review.side')}>
          {story?.goldScores && <GoldLine score={story.goldScores.find(({ revisionId }) => revisionId === open.revisionId)} onCompare={() => setDialog('gold')} />}
          <Tabs value={tab} onChange={setTab} className={classes.tabs} keepMounted={false}>
            <Tabs.List>
              <Tabs.Tab value="comments">{t('comments.title')} ({threads.threads.filter(({ resolved }) => !resolved).length})</Tabs.Tab>
              <Tabs.Tab value="objects">{t('review.objects')} ({revision.shapes.length})</Tabs.Tab>
              <Tabs.Tab value="agreement">{t('agreement.title')}</Tabs.Tab>
              <Tabs.Tab value="story">{t('review.story')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="comments" className={classes.tab}>
              <CommentsPanel editor={editor} threads={threads} revisionId={open.revisionId} active={active} onChoose={choose} />
              {anchor !== undefined && (
                <NewComment anchor={anchor} onClose={() => setAnchor(undefined)} onSend={(text) => threads.say({ revisionId: open.revisionId, act: { kind: 'opened', anchor, text } })} />
              )}
            </Tabs.Panel>
            <Tabs.Panel value="objects" className={classes.tab}><ObjectList editor={editor} /></Tabs.Panel>
            <Tabs.Panel value="agreement" className={classes.tab}>
              <AgreementPanel taskId={open.taskId} classNames={classNames} busy={decision.busy} onPropose={() => void decision.propose()} onShow={({ x, y }) => lookAt(editor, [x, y])} />
            </Tabs.Panel>
            <Tabs.Panel value="story" className={classes.tab}><Story story={story} current={open.revisionId} /></Tabs.Panel>
          </Tabs>
        </aside>
      </div>
      <RejectDialog opened={dialog === 'reject'} onClose={closeDialog} onReject={(reasons, comment) => { closeDialog(); void decision.reject(reasons, comment) }} />
      <CompareVersionsDialog
        taskId={open.taskId} opened={dialog === 'compare' || dialog === 'gold'} onClose={closeDialog}
        pair={dialog === 'gold' ? [{ kind: 'gold' }, { kind: 'revision', revisionId: open.revisionId }] : undefined}
      />
      <TimeTravelDialog taskId={dialog === 'replay' ? open.taskId : undefined} onClose={closeDialog} onRestored={closeDialog} />
    </section>
  )
}

interface DeskHeaderProps { task: OpenTask; revision: Revision; run: ReviewRun; busy: boolean; hasHistory: boolean; decided: 'accepted' | 'rejected' | undefined; hasNext: boolean; hasPrevious: boolean }

function DeskHeader({ task, revision, run, busy, hasHistory, decided, hasNext, hasPrevious }: DeskHeaderProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const keymap = useKeymap()
  const hint = (name: ReviewCommand) => withHotkey(t, t(REVIEW_COMMANDS[name].labelKey), hotkeysOf(keymap, REVIEW_COMMANDS[name])[0])
  const button = (name: 'accept' | 'reject' | 'mend' | 'comment', icon: ReactNode, variant: 'filled' | 'default') => (
    <Button leftSection={icon} variant={variant} disabled={busy} title={hint(name)} onClick={() => run[name]()}>{t(REVIEW_COMMANDS[name].labelKey)}</Button>
  )
  return (
    <header className={classes.header}>
      <IconButton icon={IconArrowLeft} label={t('review.leave')} hint={hint('leave')} onClick={run.leave} />
      <IconButton icon={IconChevronLeft} label={t('review.previous')} hint={hint('previous')} disabled={!hasPrevious} onClick={run.previous} />
      <IconButton icon={IconChevronRight} label={t('review.next')} hint={hint('next')} disabled={!hasNext} onClick={run.next} />
      <Text fw={600} className={classes.taskName} data-selectable>{task.asset.name}</Text>
      <Text size="sm" c="dimmed">{t('review.by', { author: revision.author, time: format.dateTime(revision.createdAt) })}</Text>
      {decided && <Text size="sm" fw={600} role="status">{t(`review.decision.${decided}`)}</Text>}
      {revision.outcome.kind === 'skipped' && <Text size="sm" c="var(--fm-warn)">{t('compare.skipped', { reason: revision.outcome.reason })}</Text>}
      <div className={classes.gap} />
      <IconButton icon={IconHistory} label={t('review.replay')} hint={hint('replay')} disabled={!hasHistory} onClick={run.replay} />
      <IconButton icon={IconGitCompare} label={t('review.compare')} hint={hint('compare')} onClick={run.compare} />
      {button('comment', <IconMessagePlus size={15} aria-hidden />, 'default')}
      {button('mend', <IconPencil size={15} aria-hidden />, 'default')}
      {button('reject', <IconX size={15} aria-hidden />, 'default')}
      {button('accept', <IconCheck size={15} aria-hidden />, 'filled')}
    </header>
  )
}
