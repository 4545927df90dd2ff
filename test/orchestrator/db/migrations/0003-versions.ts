import type { Migration } from 'kysely/migration'

/** What a result grew from, and which results of a task stand beside its newest one. */
export const versions: Migration = {
  async up(db) {
    await db.schema.alterTable('submissions').addColumn('parents', 'text', (column) => column.notNull().defaultTo('[]')).execute()
    await db.schema.alterTable('tasks').addColumn('otherRevisions', 'text', (column) => column.notNull().defaultTo('[]')).execute()
  },
}
