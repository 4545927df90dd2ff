import { RevisionSchema } from '../../../../shared/domain/revision.ts'
import { RpcError } from '../../../../shared/rpc/errors.ts'
import { fromJson } from '../../db/json.ts'
import { findRevision } from '../../db/repositories/revisions.ts'
import type { WorkDatabase } from '../../db/sqlite.ts'
import { taskHistory } from '../../work/taskHistory.ts'
import type { Handlers } from '../server.ts'

/** What happened to a task, and what was handed in. */
export function historyHandlers({ db }: { db: WorkDatabase }): Pick<Handlers, 'tasks.history' | 'revisions.get'> {
  return {
    'tasks.history': ({ taskId }) => taskHistory(db, taskId),
    'revisions.get': ({ revisionId }) => {
      const stored = findRevision(db, revisionId)
      if (stored === undefined) throw new RpcError('notFound', `There is no revision ${revisionId} here`)
      return fromJson(RevisionSchema, Buffer.from(stored.bytes).toString())
    },
  }
}
