import type { TaskId } from '../../../shared/domain/ids.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import { findTask } from '../db/repositories/tasks.ts'
import type { StoredTask } from '../db/repositories/tasks.ts'
import type { WorkDatabase } from '../db/sqlite.ts'

/** The task of an id. @throws RpcError notFound. */
export function requireTask(db: WorkDatabase, id: TaskId): StoredTask {
  const task = findTask(db, id)
  if (task === undefined) throw new RpcError('notFound', `There is no task ${id} here`)
  return task
}
