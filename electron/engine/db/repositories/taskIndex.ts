import type { AssetId, TaskId } from '../../../../shared/domain/ids.ts'
import { z } from 'zod'
import { fromJson } from '../json.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

interface Indexed { arrival: number; id: TaskId; name: string; tags: string }

const TagsSchema = z.record(z.string(), z.string())

/** The text that a queue search looks through, in one letter case and one Unicode form. */
export function searchable(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase('en')
}

/** Brings a task's name and searchable text up to date with its asset and tags. */
export function indexTask(db: WorkDatabase, id: TaskId): void {
  reindex(db, sql<Indexed>(db, `SELECT t.arrival, t.id, coalesce(a.raw ->> '$.name', t.asset_id) AS name, t.tags
    FROM tasks t LEFT JOIN assets a ON a.id = t.asset_id WHERE t.id = ?`).all(id))
}

/** As `indexTask`, for every task that shows an asset; answers which. */
export function indexTasksOfAsset(db: WorkDatabase, assetId: AssetId): TaskId[] {
  const tasks = sql<Indexed>(db, `SELECT t.arrival, t.id, a.raw ->> '$.name' AS name, t.tags
    FROM tasks t JOIN assets a ON a.id = t.asset_id WHERE t.asset_id = ?`).all(assetId)
  reindex(db, tasks)
  return tasks.map(({ id }) => id)
}

function reindex(db: WorkDatabase, tasks: readonly Indexed[]): void {
  for (const { arrival, id, name, tags } of tasks) {
    const text = searchable([name, id, ...Object.entries(fromJson(TagsSchema, tags)).flat()].join('\n'))
    sql(db, 'UPDATE tasks SET name = ? WHERE arrival = ? AND name <> ?').run(name, arrival, name)
    sql(db, 'INSERT INTO task_search (arrival, text) VALUES (?, ?) ON CONFLICT (arrival) DO UPDATE SET text = excluded.text').run(arrival, text)
  }
}
