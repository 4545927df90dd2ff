import type { TaskFacts } from '../../../../shared/rpc/coordination.ts'
import type { OpenTask } from '../../../../shared/rpc/openTask.ts'

export type TaskChange = 'cancelled' | 'released' | 'returned' | 'assigned' | 'schema' | 'predictions'

/** In which ways an open task is not any more what it was when it was opened. That it was submitted or accepted changes nothing about the work on it. */
export function changesOf({ task, predictions }: Pick<OpenTask, 'task' | 'predictions'>, facts: TaskFacts): TaskChange[] {
  const { state } = facts
  const known = new Set(predictions.map(({ id }) => id))
  const isNews = state !== task.state && state !== 'submitted' && state !== 'accepted'
  return [
    ...(isNews ? [state] : []),
    ...(facts.schemaHash === task.schemaHash ? [] : ['schema' as const]),
    ...(facts.predictions.length === known.size && facts.predictions.every((id) => known.has(id)) ? [] : ['predictions' as const]),
  ]
}
