import type { WorkDatabase } from '../../db/sqlite.ts'
import { taskHistory } from '../../work/taskHistory.ts'
import { requireRevision } from '../../work/taskStory.ts'
import type { Handlers } from '../server.ts'

/** What happened to a task, and what was handed in. */
export function historyHandlers({ db }: { db: WorkDatabase }): Pick<Handlers, 'tasks.history' | 'revisions.get'> {
  return {
    'tasks.history': ({ taskId }) => taskHistory(db, taskId),
    'revisions.get': ({ revisionId }) => requireRevision(db, revisionId),
  }
}
