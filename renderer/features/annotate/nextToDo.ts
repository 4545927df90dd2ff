import type { EngineClient } from '../../bridge/engineClient.ts'
import type { TaskId } from '../../../shared/domain/ids.ts'
import type { TaskQuery } from '../../../shared/rpc/taskRows.ts'
import { TO_DO } from '../common/toDo.ts'

/** The next task that wants work: after the one that was just finished, else from the top of the order; undefined when all is done. */
export async function nextToDo(engine: Pick<EngineClient, 'request'>, query: TaskQuery, after?: TaskId): Promise<TaskId | undefined> {
  const standings = query.filter.standings.length > 0 ? query.filter.standings.filter((standing) => TO_DO.includes(standing)) : TO_DO
  // A filter for finished work alone leaves nothing to go on with.
  if (standings.length === 0) return undefined
  const toDo = { ...query, filter: { ...query.filter, standings } }
  if (after !== undefined) {
    const { next } = await engine.request('tasks.neighbours', { taskId: after, query: toDo })
    if (next !== undefined) return next
  }
  const { rows } = await engine.request('tasks.query', { query: toDo, offset: 0, limit: 2 })
  return rows.find((row) => row.id !== after)?.id
}
