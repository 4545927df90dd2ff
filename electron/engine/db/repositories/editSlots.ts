import type { Instant, ProjectId, UserId } from '../../../../shared/domain/ids.ts'
import { change } from '../sqlite.ts'
import type { WorkDatabase } from '../sqlite.ts'

/** A quarter of an hour, in milliseconds. */
export const SLOT_MS = 15 * 60_000

/** The quarter of an hour that an instant lies in, as its number since 1970 (UTC). */
export function slotOf(at: Instant): number {
  return Math.floor(Date.parse(at) / SLOT_MS)
}

/** Counts lines that were appended to journals of a project. */
export function countEdits(db: WorkDatabase, { at, projectId, person, edits }: { at: Instant; projectId: ProjectId; person: UserId; edits: number }): void {
  change(db, 1, `INSERT INTO edit_slots (slot, project_id, person, edits) VALUES (?, ?, ?, ?)
    ON CONFLICT (slot, project_id, person) DO UPDATE SET edits = edits + excluded.edits`, slotOf(at), projectId, person, edits)
}
