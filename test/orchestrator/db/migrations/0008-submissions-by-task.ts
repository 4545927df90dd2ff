import type { Migration } from 'kysely/migration'

/** Each submission looks for the others of its task. */
export const submissionsByTask: Migration = {
  async up(db) {
    await db.schema.createIndex('submissions_by_task').on('submissions').columns(['taskId', 'seq']).execute()
  },
}
