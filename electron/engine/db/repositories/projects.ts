import type { ProjectId } from '../../../../shared/domain/ids.ts'
import { ProjectSchema } from '../../../../shared/domain/project.ts'
import type { Project } from '../../../../shared/domain/project.ts'
import { fromJson } from '../json.ts'
import { sql } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** Stores a project as it was received, unless a later change of it is held already. */
export function putProject(db: WorkDatabase, project: Project, seq: number): void {
  sql(db, `INSERT INTO projects (id, raw, seq) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET raw = excluded.raw, seq = excluded.seq WHERE excluded.seq > projects.seq`).run(project.id, JSON.stringify(project), seq)
}

/** Forgets a project that no task here belongs to. */
export function dropUnusedProject(db: WorkDatabase, id: ProjectId): void {
  sql(db, 'DELETE FROM projects WHERE id = ? AND NOT EXISTS (SELECT 1 FROM tasks WHERE project_id = projects.id)').run(id)
}

/** All projects, by name. */
export function listProjects(db: WorkDatabase): Project[] {
  return sql<{ raw: string }>(db, 'SELECT raw FROM projects').all().map(({ raw }) => fromJson(ProjectSchema, raw))
    .sort((a, b) => a.name.localeCompare(b.name))
}
