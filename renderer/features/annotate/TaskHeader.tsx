import { Button, Text } from '@mantine/core'
import { useInterval } from '@mantine/hooks'
import {
  IconChevronLeft, IconChevronRight, IconClock, IconCopy, IconMaximize, IconMessages, IconTag, IconTrash, IconZoomIn, IconZoomOut,
} from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hotkeysOf } from '../../editor/commands/keymap.ts'
import type { ImagePixels } from '../../canvas/image/imageLayer.ts'
import type { Editor } from '../../editor/store/editor.ts'
import type { LeaseAnswer } from '../../../shared/rpc/coordination.ts'
import { useKeymap } from '../common/hotkeys/KeymapContext.tsx'
import { stopwatch, useFormat } from '../common/useFormat.ts'
import { StandingLabel } from '../common/StandingLabel.tsx'
import type { Comments } from './useComments.ts'
import { CommandButton } from './CommandButton.tsx'
import { TASK_COMMANDS } from './commands.ts'
import { withHotkey } from './commandText.ts'
import { IconButton } from './IconButton.tsx'
import { LeaseLabel } from './lease/LeaseLabel.tsx'
import { SaveIndicator } from './SaveIndicator.tsx'
import { isClosed, type TaskSession } from './session.ts'
import { UndoButtons } from './UndoButtons.tsx'
import type { TaskClock } from './taskClock.ts'
import type { TaskRun } from './useAnnotateKeys.ts'
import { useEditorState } from './useEditorState.ts'
import type { Neighbours } from './useNeighbours.ts'
import { DisplayPopover } from './view/DisplayPopover.tsx'
import { ImagePopover } from './view/ImagePopover.tsx'
import classes from './AnnotateView.module.css'

interface TaskHeaderProps {
  session: TaskSession
  /** Missing until the image is on the canvas. */
  pixels: ImagePixels | undefined
  neighbours: Neighbours | undefined
  busy: boolean
  /** A reviewer mends the result of somebody else. */
  corrects: boolean
  comments: Comments
  lease: LeaseAnswer | undefined
  run: TaskRun
  onReload: () => void
}

/** The bar above the image: which task, what to do with it, and whether its edits are saved. */
export function TaskHeader({ session, pixels, neighbours, busy, corrects, comments, lease, run, onReload }: TaskHeaderProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const { task, workbench, sender, clock } = session
  const closed = isClosed(task)
  const keymap = useKeymap()
  return (
    <header className={classes.header}>
      <IconButton
        icon={IconChevronLeft} label={t('annotate.previous')} hint={withHotkey(t, t('annotate.previous'), hotkeysOf(keymap, TASK_COMMANDS.previous)[0])}
        disabled={neighbours?.previous === undefined} onClick={run.previous}
      />
      <IconButton
        icon={IconChevronRight} label={t('annotate.next')} hint={withHotkey(t, t('annotate.next'), hotkeysOf(keymap, TASK_COMMANDS.next)[0])}
        disabled={neighbours?.next === undefined} onClick={run.next}
      />
      <Text className={classes.taskName} fw={600} title={task.asset.name} data-selectable>{task.asset.name}</Text>
      <StandingLabel standing={task.standing} />
      {neighbours && (
        <Text className={classes.position}>
          {t('annotate.position', { position: format.number(neighbours.position + 1), total: format.number(neighbours.total) })}
        </Text>
      )}
      <LeaseLabel lease={lease} />
      <div className={classes.gap} />
      {workbench && <EditButtons editor={workbench.editor} pixels={pixels} />}
      <div className={classes.gap} />
      {closed
        ? <Text className={classes.save}>{t('annotate.readOnlyStanding', { standing: t(`standing.${task.standing}`).toLowerCase() })}</Text>
        : <SaveIndicator sender={sender} onReload={onReload} />}
      <IconButton icon={IconMessages} label={t('comments.open', { count: comments.open })} pressed={comments.shown} onClick={comments.toggle} />
      <TimeOnTask key={session.id} clock={clock} />
      <Button variant="default" disabled={busy || closed} title={withHotkey(t, t('annotate.skip'), hotkeysOf(keymap, TASK_COMMANDS.skip)[0])} onClick={run.skip}>
        {t('annotate.skip')}
      </Button>
      <Button
        loading={busy} disabled={closed || workbench === undefined} title={withHotkey(t, t('annotate.submit'), hotkeysOf(keymap, TASK_COMMANDS.submit)[0])} onClick={run.submit}
      >
        {t(corrects ? 'review.acceptMended' : 'annotate.submit')}
      </Button>
    </header>
  )
}

/** Not rendered with whatever else the header tells. */
const EditButtons = memo(function EditButtons({ editor, pixels }: { editor: Editor; pixels: ImagePixels | undefined }) {
  const labels = useEditorState(editor, (state) => state.display.labels !== 'none')
  return (
    <div className={classes.group}>
      <UndoButtons editor={editor} />
      <CommandButton editor={editor} id="edit.duplicate" icon={IconCopy} />
      <CommandButton editor={editor} id="edit.delete" icon={IconTrash} />
      <span className={classes.separator} />
      <CommandButton editor={editor} id="view.zoomOut" icon={IconZoomOut} />
      <Zoom editor={editor} />
      <CommandButton editor={editor} id="view.zoomIn" icon={IconZoomIn} />
      <CommandButton editor={editor} id="view.fit" icon={IconMaximize} />
      <CommandButton editor={editor} id="view.toggleLabels" icon={IconTag} pressed={labels} />
      <DisplayPopover editor={editor} />
      <ImagePopover editor={editor} pixels={pixels} />
    </div>
  )
})

function Zoom({ editor }: { editor: Editor }) {
  const format = useFormat()
  return <span className={classes.zoom}>{format.percent(useEditorState(editor, (state) => state.camera.zoom))}</span>
}

function TimeOnTask({ clock }: { clock: TaskClock }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(() => clock.ms())
  useInterval(() => setShown(clock.ms()), 1000, { autoInvoke: true })
  return (
    <span className={classes.time} role="timer" aria-label={t('annotate.timeOnTask')} title={t('annotate.timeOnTask')}>
      <IconClock size={14} stroke={1.6} aria-hidden />
      {stopwatch(shown)}
    </span>
  )
}
