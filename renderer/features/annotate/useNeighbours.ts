import type { TaskId } from '../../../shared/domain/ids.ts'
import type { ResponseOf } from '../../../shared/rpc/channels.ts'
import type { TaskQuery } from '../../../shared/rpc/taskRows.ts'
import { useEngineData } from '../../bridge/useEngineData.ts'

export type Neighbours = ResponseOf<'tasks.neighbours'>

/** The tasks before and after one; undefined while they are not known. */
export function useNeighbours(taskId: TaskId, query: TaskQuery): Neighbours | undefined {
  const { data, current } = useEngineData('tasks.neighbours', { taskId, query }, ['tasks.changed'])
  return current ? data : undefined
}
