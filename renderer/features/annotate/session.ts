import { v7 as uuidv7 } from 'uuid'
import type { EngineClient } from '../../bridge/engineClient.ts'
import { desktop } from '../../bridge/preloadApi.ts'
import { createEditor } from '../../editor/store/createEditor.ts'
import type { BrushSettings } from '../../editor/store/brushSettings.ts'
import type { Editor } from '../../editor/store/editor.ts'
import type { EditorState } from '../../editor/store/state.ts'
import { instantOf, ShapeIdSchema, type ClassId, type UserId } from '../../../shared/domain/ids.ts'
import type { ImageSource, OpenTask } from '../../../shared/rpc/openTask.ts'
import { createEngineAssistant } from './assist/engineAssistant.ts'
import { JournalSender } from './journalSender.ts'
import { TaskClock } from './taskClock.ts'
import { createWindowClipboard } from './windowClipboard.ts'
import { windowWorkshop } from './workshop/windowWorkshop.ts'

/** What was copied last in this window, across its tasks, and in others. */
const windowClipboard = createWindowClipboard(desktop)

/** What can be edited: there is an image to see and a label schema to go by. */
export interface Workbench {
  editor: Editor
  image: ImageSource
}

/** One task that is open in the window. */
export interface TaskSession {
  /** Another one each time that the task is opened. */
  id: string
  task: OpenTask
  /** Missing while the image or the schema is. */
  workbench: Workbench | undefined
  sender: JournalSender
  clock: TaskClock
}

/** How the person looked at the last image, and so looks at the next. The turn of the view belongs to one image and is not kept. */
export type KeptView = Pick<EditorState, 'display' | 'adjustments' | 'adjusted' | 'loupe'>

export interface SessionContext {
  user: UserId
  readOnly: boolean
  threshold: number
  /** The class in hand before. */
  activeClassId: ClassId | undefined
  /** The brush as it was set before. */
  brush: BrushSettings | undefined
  view: KeptView
}

/** Opens a task for work: every edit goes to the journal sender, whose acknowledgements go back to the editor. */
export function createSession(engine: EngineClient, task: OpenTask, context: SessionContext): TaskSession {
  const clock = new TaskClock(task.timeOnTaskMs, () => performance.now())
  const workbench = workbenchFor(engine, task, context)
  const sender = new JournalSender({
    engine, taskId: task.task.id, journalSeq: task.journalSeq, timeOnTaskMs: () => Math.round(clock.ms()),
    onStored: (seq) => workbench?.editor.acknowledge(seq),
  })
  workbench?.editor.onCommit((line) => sender.push(line))
  return { id: uuidv7(), task, workbench, sender, clock }
}

/** Whether nothing may be changed any more; everything else is taken, as new work on top of what was submitted. */
export function isClosed(task: OpenTask): boolean {
  return task.standing === 'cancelled'
}

function workbenchFor(engine: EngineClient, task: OpenTask, context: SessionContext): Workbench | undefined {
  const { image, schema } = task
  if (!image || !schema) return undefined
  const editor = createEditor({
    open: {
      records: task.records, predictions: task.predictions, undo: task.undo, redo: task.redo, journalSeq: task.journalSeq,
      schema, imageSize: { width: image.width, height: image.height }, pixelSize: image.pixelSize, user: context.user,
      readOnly: context.readOnly || isClosed(task), threshold: context.threshold, activeClassId: context.activeClassId,
    },
    now: () => instantOf(Date.now()),
    newId: () => ShapeIdSchema.parse(uuidv7()),
    assistant: createEngineAssistant(engine, task.task.id),
    clipboard: windowClipboard,
    workshop: windowWorkshop,
  })
  editor.update({ ...context.view, ...(context.brush && { brush: context.brush }) })
  return { editor, image }
}
