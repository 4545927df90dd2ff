import type { Migration } from 'kysely/migration'

/** Which tasks are the same work, given to several people. */
export const replicaGroups: Migration = {
  async up(db) {
    await db.schema.alterTable('tasks').addColumn('replicaGroup', 'text').execute()
  },
}
