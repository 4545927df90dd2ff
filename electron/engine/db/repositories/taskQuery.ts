import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { TaskId } from '../../../../shared/domain/ids.ts'
import { TaskRowSchema } from '../../../../shared/rpc/taskRows.ts'
import type { TaskFilter, TaskQuery, TaskRow, TaskSort } from '../../../../shared/rpc/taskRows.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'
import { searchable } from './taskIndex.ts'

interface Clause { text: string; parameters: unknown[] }

/** The columns that order a sort; `arrival` makes every order total. */
function sortKeys(by: TaskSort['by']): readonly string[] {
  switch (by) {
    case 'queue': return ['t.rank', 't.due_key', 't.arrival']
    case 'name': return ['t.name COLLATE NOCASE', 't.arrival']
    case 'standing': return ['t.standing_order', 't.arrival']
    case 'priority': return ['t.priority', 't.arrival']
    case 'dueAt': return ['t.due_key', 't.arrival']
    case 'updatedAt': return ['t.updated_at', 't.arrival']
    case 'shapeCount': return ['t.shape_count', 't.arrival']
    default: return assertNever(by)
  }
}

function orderBy({ by, descending }: TaskSort, backwards = false): string {
  const direction = descending !== backwards ? 'DESC' : 'ASC'
  return sortKeys(by).map((key) => `${key} ${direction}`).join(', ')
}

function where(filter: TaskFilter): Clause {
  const parts: string[] = ['TRUE']
  const parameters: unknown[] = []
  const add = (text: string, ...values: unknown[]) => { parts.push(text); parameters.push(...values) }
  if (filter.projectId !== undefined) add('t.project_id = ?', filter.projectId)
  // What others have is looked for by name only.
  if (filter.standings.length === 0) add(`t.standing <> 'observed'`)
  else add(`t.standing IN (${filter.standings.map(() => '?').join(', ')})`, ...filter.standings)
  if (filter.minPriority !== undefined) add('t.rank <= ?', -filter.minPriority)
  if (filter.tag !== undefined) add('g.key = ? AND g.value = ?', filter.tag.key, filter.tag.value)
  if (filter.text !== '') add('instr(s.text, ?) > 0', searchable(filter.text))
  return { text: parts.join(' AND '), parameters }
}

/** Above so many matches, walking along the index of the order and stopping early beats collecting the matches and sorting them. */
const DENSE = 5_000

/**
 * The tables that a filter needs; CROSS JOIN fixes the order of the loops. `matches` starts from the slim tables that find a tag or a text,
 * `order` from the tasks in their order.
 */
function source(filter: TaskFilter, startFrom: 'matches' | 'order'): string {
  const slim = [...(filter.tag === undefined ? [] : ['task_tags g']), ...(filter.text === '' ? [] : ['task_search s'])]
  const [first, ...rest] = startFrom === 'matches' ? [...slim, 'tasks t'] : ['tasks t', ...slim]
  return `${first ?? ''}${rest.map((table) => ` CROSS JOIN ${table} USING (arrival)`).join('')}`
}

/** How many tasks a filter lets through. */
export function countTasks(db: WorkDatabase, filter: TaskFilter): number {
  const { text, parameters } = where(filter)
  return sql<{ total: number }>(db, `SELECT count(*) AS total FROM ${source(filter, 'matches')} WHERE ${text}`).get(...parameters)?.total ?? 0
}

interface Row {
  id: string; projectId: string; assetId: string; name: string; standing: string; priority: number; dueAt: string | null
  tags: string; shapeCount: number; prefetch: string; problem: string | null; updatedAt: string; imageSha256: string | null
}

/** One page of the queue, and how many tasks there are in all of it. */
export function queryTasks(db: WorkDatabase, query: TaskQuery, offset: number, limit: number): { total: number; rows: TaskRow[] } {
  const total = countTasks(db, query.filter)
  const { text, parameters } = where(query.filter)
  // Only the keys are sorted; the wide rows are read for the page alone.
  const arrivals = sql<{ arrival: number }>(db, `SELECT t.arrival FROM ${source(query.filter, total > DENSE ? 'order' : 'matches')}
    WHERE ${text} ORDER BY ${orderBy(query.sort)} LIMIT ? OFFSET ?`).all(...parameters, limit, offset)
  return { total, rows: arrivals.map(({ arrival }) => readRow(db, arrival)) }
}

function readRow(db: WorkDatabase, arrival: number): TaskRow {
  const stored = sql<Row>(db, `SELECT t.id, t.project_id AS projectId, t.asset_id AS assetId, t.name, t.standing, t.priority, t.due_at AS dueAt, t.tags,
      t.shape_count AS shapeCount, t.prefetch, coalesce(t.problem, a.problem) AS problem, t.updated_at AS updatedAt, a.sha256 AS imageSha256
    FROM tasks t LEFT JOIN assets a ON a.id = t.asset_id WHERE t.arrival = ?`).get(arrival)
  if (stored === undefined) throw new Error(`No task of arrival ${arrival}`)
  const { dueAt, tags, problem, imageSha256, ...row } = stored
  return TaskRowSchema.parse({
    ...row, tags: JSON.parse(tags) as unknown,
    ...(dueAt === null ? {} : { dueAt }),
    ...(problem === null ? {} : { problem: JSON.parse(problem) as unknown }),
    ...(imageSha256 === null ? {} : { imageSha256 }),
  })
}

export interface Neighbours { previous?: TaskId; next?: TaskId; position: number; total: number }

/**
 * The tasks around one in the order of a query, and how many come before it. The task need not pass the filter itself: it may just have been
 * submitted, and the next one is still the next one. Undefined when there is no such task.
 */
export function neighboursOf(db: WorkDatabase, taskId: TaskId, query: TaskQuery): Neighbours | undefined {
  const { filter, sort } = query
  const keys = sortKeys(sort.by)
  const here = sql<Record<string, unknown>>(db, `SELECT ${keys.map((key, place) => `${key} AS k${place}`).join(', ')} FROM tasks t WHERE t.id = ?`).get(taskId)
  if (here === undefined) return undefined
  const values = keys.map((_, place) => here[`k${place}`])
  const total = countTasks(db, filter)
  const { text, parameters } = where(filter)
  const beyond = (backwards: boolean) => `(${keys.join(', ')}) ${sort.descending !== backwards ? '<' : '>'} (${keys.map(() => '?').join(', ')})`
  const nearest = (backwards: boolean) => sql<{ id: TaskId }>(db, `SELECT t.id FROM ${source(filter, total > DENSE ? 'order' : 'matches')}
    WHERE ${text} AND ${beyond(backwards)} ORDER BY ${orderBy(sort, backwards)} LIMIT 1`).get(...parameters, ...values)?.id
  const position = sql<{ before: number }>(db, `SELECT count(*) AS before FROM ${source(filter, 'matches')} WHERE ${text} AND ${beyond(true)}`).get(...parameters, ...values)
  const previous = nearest(true)
  const next = nearest(false)
  return {
    ...(previous === undefined ? {} : { previous }), ...(next === undefined ? {} : { next }),
    position: position?.before ?? 0, total,
  }
}
