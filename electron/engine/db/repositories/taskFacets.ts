import type { TaskStanding } from '../../../../shared/domain/task.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Tag values offered as filters; the most frequent ones. */
const MOST_TAGS = 500

interface Facets {
  total: number
  standings: Partial<Record<TaskStanding, number>>
  tags: { key: string; value: string; count: number }[]
  prefetched: number
}

/** What the queue can be narrowed by, with counts. */
export function taskFacets(db: WorkDatabase): Facets {
  const standings = sql<{ standing: TaskStanding; count: number }>(db, `SELECT standing, count(*) AS count FROM tasks WHERE standing <> 'observed' GROUP BY standing_order`).all()
  const observed = sql<{ count: number }>(db, `SELECT count(*) AS count FROM tasks WHERE standing = 'observed'`).get()?.count ?? 0
  const tags = sql<Facets['tags'][number]>(db, `SELECT key, value, count(*) AS count FROM task_tags GROUP BY key, value
    ORDER BY count DESC, key, value LIMIT ?`).all(MOST_TAGS)
  const ready = sql<{ count: number }>(db, `SELECT count(*) AS count FROM tasks WHERE prefetch = 'ready'`).get()
  return {
    total: standings.reduce((sum, { count }) => sum + count, 0),
    standings: Object.fromEntries([...standings, ...(observed > 0 ? [{ standing: 'observed', count: observed }] : [])].map(({ standing, count }) => [standing, count])),
    tags: tags.sort((a, b) => a.key.localeCompare(b.key) || b.count - a.count),
    prefetched: ready?.count ?? 0,
  }
}
