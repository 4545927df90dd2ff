import type { ClassId, SchemaHash, TaskId } from '../../../../shared/domain/ids.ts'
import { LabelSchemaSchema } from '../../../../shared/domain/labelSchema.ts'
import type { LabelSchema } from '../../../../shared/domain/labelSchema.ts'
import { TaskProblemSchema } from '../../../../shared/domain/task.ts'
import type { TaskProblem } from '../../../../shared/domain/task.ts'
import { fromJson, fromNullableJson } from '../json.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Keeps a label schema as it was received, with what is wrong with it, and tells the tasks that are pinned to it. */
export function putLabelSchema(db: WorkDatabase, hash: SchemaHash, record: unknown, problem: TaskProblem | undefined): void {
  const told = problem === undefined ? null : JSON.stringify(problem)
  sql(db, `INSERT INTO label_schemas (hash, raw, problem) VALUES (?, ?, ?)
    ON CONFLICT (hash) DO UPDATE SET raw = excluded.raw, problem = excluded.problem`).run(hash, JSON.stringify(record), told)
  sql(db, 'UPDATE tasks SET problem = ? WHERE schema_hash = ?').run(told, hash)
}

/** A label schema that can be worked with; undefined when it is missing or has a problem. */
export function getLabelSchema(db: WorkDatabase, hash: SchemaHash): LabelSchema | undefined {
  const row = sql<{ raw: string }>(db, 'SELECT raw FROM label_schemas WHERE hash = ? AND problem IS NULL').get(hash)
  return fromNullableJson(LabelSchemaSchema, row?.raw ?? null)
}

/** Why tasks pinned to this label schema cannot be worked on; undefined when they can. */
export function labelSchemaProblem(db: WorkDatabase, hash: SchemaHash): TaskProblem | undefined {
  const row = sql<{ problem: string | null }>(db, 'SELECT problem FROM label_schemas WHERE hash = ?').get(hash)
  if (row === undefined) return { code: 'schemaMissing', detail: hash }
  return row.problem === null ? undefined : fromJson(TaskProblemSchema, row.problem)
}

/** The tasks that are pinned to a label schema. */
export function tasksPinnedTo(db: WorkDatabase, hash: SchemaHash): TaskId[] {
  return sql<{ id: TaskId }>(db, 'SELECT id FROM tasks WHERE schema_hash = ?').all(hash).map(({ id }) => id)
}

/** Names of classes; where schemas disagree, the one that came last counts. */
export function classNames(db: WorkDatabase): Map<ClassId, string> {
  const names = new Map<ClassId, string>()
  for (const { raw } of sql<{ raw: string }>(db, 'SELECT raw FROM label_schemas WHERE problem IS NULL ORDER BY rowid').all()) {
    const schema = LabelSchemaSchema.safeParse(JSON.parse(raw))
    for (const { id, name } of schema.data?.classes ?? []) names.set(id, name)
  }
  return names
}
