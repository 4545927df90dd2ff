import type { ChannelName, RequestOf, ResponseOf } from './channels.ts'
import type { TaskId } from '../domain/ids.ts'
import type { OpenTask, TaskContent } from './openTask.ts'

/** Puts a part of a task's content behind what is there, in place; a prediction or an edit may be spread over several parts. */
export function appendContent(whole: TaskContent, part: TaskContent): void {
  whole.records.push(...part.records)
  for (const prediction of part.predictions) {
    const last = whole.predictions.at(-1)
    if (last?.id === prediction.id) last.shapes.push(...prediction.shapes)
    else whole.predictions.push(prediction)
  }
  appendHistory(whole.undo, part.undo)
  appendHistory(whole.redo, part.redo)
}

function appendHistory(whole: TaskContent['undo'], part: TaskContent['undo']): void {
  for (const entry of part) {
    const last = whole.at(-1)
    if (last?.seq !== entry.seq) whole.push(entry)
    else {
      Object.assign(last.diff.added, entry.diff.added)
      Object.assign(last.diff.updated, entry.diff.updated)
      Object.assign(last.diff.removed, entry.diff.removed)
    }
  }
}

export type Ask = <C extends ChannelName>(channel: C, request: RequestOf<C>) => Promise<ResponseOf<C>>

/**
 * Opens a task and reads all of its content, part by part, so that a large one holds nobody up. `onPart` hears the share that is there (0 to 1), and may throw
 * to end the reading.
 * @throws RpcError as the engine refuses it; conflict when the engine no longer knows of this reading: open the task again.
 */
export async function openWholeTask(ask: Ask, taskId: TaskId, onPart: (share: number) => void = () => {}): Promise<OpenTask> {
  const { next: first, ...whole } = await ask('tasks.open', { taskId })
  let next = first
  while (next !== undefined) {
    onPart(next.share)
    const { next: following, ...part } = await ask('tasks.more', { reading: next.reading })
    appendContent(whole, part)
    next = following
  }
  return whole
}
