import { notifications } from '@mantine/notifications'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { AnnotationCanvas } from '../../canvas/AnnotationCanvas.tsx'
import { useEngine } from '../../bridge/EngineContext.tsx'
import { takeOver } from '../../editor/actions/clipboardActions.ts'
import { shapesOf } from '../../../shared/domain/draftOperations.ts'
import type { ImagePixels } from '../../canvas/image/imageLayer.ts'
import type { RevisionId, TaskId } from '../../../shared/domain/ids.ts'
import { openWholeTask } from '../../../shared/rpc/taskContent.ts'
import type { TaskQuery } from '../../../shared/rpc/taskRows.ts'
import { errorDetail } from '../common/describeError.ts'
import { AssistBar } from './assist/AssistBar.tsx'
import { Announcer } from './Announcer.tsx'
import { BrokenImage, ImageState } from './ImageState.tsx'
import { BrushOptions } from './BrushOptions.tsx'
import { IsolationNotice } from './IsolationNotice.tsx'
import { GestureHint } from './GestureHint.tsx'
import { useLease } from './lease/useLease.ts'
import { PartialImage } from './PartialImage.tsx'
import { Panel } from './panel/Panel.tsx'
import type { TaskSession } from './session.ts'
import { ShapeMenu } from './ShapeMenu.tsx'
import { SkipDialog } from './SkipDialog.tsx'
import { CommentPins } from '../comments/CommentPins.tsx'
import { CommentsAside } from './CommentsAside.tsx'
import { useComments } from './useComments.ts'
import { TaskNotices } from './notices/TaskNotices.tsx'
import { TaskHeader } from './TaskHeader.tsx'
import { ToolBar } from './ToolBar.tsx'
import { nextToDo } from './nextToDo.ts'
import { useAnnotateKeys } from './useAnnotateKeys.ts'
import { useAnnotatePalette } from './useAnnotatePalette.ts'
import { useDecodeAhead } from './useDecodeAhead.ts'
import { useNeighbours } from './useNeighbours.ts'
import { useSessionState } from './useSessionState.ts'
import { useTaskActions } from './useTaskActions.ts'
import { useTaskClock } from './useTaskClock.ts'
import { ViewCluster } from './view/ViewCluster.tsx'
import { Violations } from './Violations.tsx'
import { WorkNotice } from './WorkNotice.tsx'
import classes from './AnnotateView.module.css'

interface TaskViewProps {
  session: TaskSession
  query: TaskQuery
  onAnnotate: (taskId: TaskId) => void
  onReload: () => void
  /** The task was submitted or skipped. */
  onFinished: () => Promise<void>
  /** The result that is being corrected, where a reviewer mends one. */
  corrects: RevisionId | undefined
}

/**
 * The workplace of an open task. It stays when another task is opened: tools and panels are the same for all, and making them anew would take longer than
 * showing the image.
 */
export function TaskView({ session, query, onAnnotate, onReload, onFinished, corrects }: TaskViewProps) {
  const { t } = useTranslation()
  const engine = useEngine()
  const { task, workbench } = session
  const [skipping, setSkipping] = useSessionState(session.id, false)
  const [imageError, setImageError] = useSessionState<unknown>(session.id, undefined)
  const [pixels, setPixels] = useSessionState<ImagePixels | undefined>(session.id, undefined)
  const neighbours = useNeighbours(task.task.id, query)
  const [imageShown, setImageShown] = useSessionState(session.id, false)
  useDecodeAhead(neighbours, imageShown)
  const actions = useTaskActions(session, corrects, onFinished)
  const host = useRef<HTMLDivElement>(null)
  const comments = useComments(session)
  const lease = useLease(task.task.id)
  useTaskClock(session.clock)

  const go = (taskId: TaskId | undefined) => {
    if (taskId === undefined) return false
    onAnnotate(taskId)
    return true
  }
  const takeOverFrom = (taskId: TaskId | undefined) => {
    if (taskId === undefined || workbench === undefined || workbench.editor.readOnly) return false
    void openWholeTask(engine.ask, taskId).then(
      ({ records }) => takeOver(workbench.editor, shapesOf(new Map(records.map((record) => [record.id, record])))),
      (error: unknown) => notifications.show({ color: 'red', message: errorDetail(error) }),
    )
    return true
  }
  const run = {
    submit: () => void actions.submit(),
    skip: () => setSkipping(true),
    next: () => go(neighbours?.next),
    previous: () => go(neighbours?.previous),
    copyPrevious: () => takeOverFrom(neighbours?.previous),
    nextUnlabelled: () => void nextToDo(engine, query, task.task.id).then(
      (next) => { if (!go(next)) workbench?.editor.tell('editor.message.noTaskLeft') },
      (error: unknown) => notifications.show({ color: 'red', message: errorDetail(error) }),
    ),
  }
  useAnnotateKeys(workbench?.editor, run)
  useAnnotatePalette(workbench?.editor, run)
  useEffect(() => host.current?.querySelector<HTMLElement>('[role="application"]')?.focus(), [session.id])

  return (
    <section className={classes.task} aria-label={task.asset.name}>
      <TaskHeader session={session} pixels={pixels} neighbours={neighbours} corrects={corrects !== undefined} comments={comments} busy={actions.busy} lease={lease} run={run} onReload={onReload} />
      <TaskNotices key={session.id} session={session} lease={lease} onReload={onReload} />
      <div className={classes.work}>
        {workbench ? (
          <>
            <ToolBar editor={workbench.editor} />
            <div key={session.id} className={classes.canvas} ref={host}>
              <AnnotationCanvas
                editor={workbench.editor} image={workbench.image} label={`${t('annotate.canvas')} ${task.asset.name}`} onImageProblem={setImageError}
                onImageShown={() => setImageShown(true)}
                onPixels={setPixels}
              />
              <AssistBar editor={workbench.editor} />
              <PartialImage task={task} image={workbench.image} onProblem={setImageError} />
              {imageError !== undefined && <BrokenImage error={imageError} onReload={onReload} onSkip={run.skip} />}
              {actions.violations.length > 0 && (
                <Violations violations={actions.violations} editor={workbench.editor} onClose={actions.clearViolations} />
              )}
              <BrushOptions editor={workbench.editor} />
              <ShapeMenu editor={workbench.editor} host={host} />
              <IsolationNotice editor={workbench.editor} />
              <WorkNotice editor={workbench.editor} />
              <GestureHint editor={workbench.editor} />
              {pixels && <ViewCluster editor={workbench.editor} pixels={pixels} />}
              <CommentPins editor={workbench.editor} threads={comments.threads.threads} active={comments.active} onChoose={comments.choose} />
              <Announcer editor={workbench.editor} />
            </div>
            <Panel editor={workbench.editor} sessionId={session.id} />
            <CommentsAside editor={workbench.editor} comments={comments} />
          </>
        ) : <ImageState key={session.id} task={task} onReload={onReload} onSkip={run.skip} />}
      </div>
      <SkipDialog
        opened={skipping} onClose={() => setSkipping(false)}
        onSkip={(reason) => {
          setSkipping(false)
          actions.skip(reason).catch((error: unknown) => notifications.show({ color: 'red', message: errorDetail(error) }))
        }}
      />
    </section>
  )
}
