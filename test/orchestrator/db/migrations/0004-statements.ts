import type { Migration } from 'kysely/migration'

/** Reasons of reviews, comments, receipts for both, and what reviewers are told of a submission. */
export const statements: Migration = {
  async up(db) {
    await db.schema.alterTable('submissions').addColumn('schemaHash', 'text', (column) => column.notNull().defaultTo('0'.repeat(64))).execute()
    await db.schema.alterTable('submissions').addColumn('journalSha256', 'text', (column) => column.notNull().defaultTo('0'.repeat(64))).execute()
    await db.schema.alterTable('submissions').addColumn('journalLength', 'integer', (column) => column.notNull().defaultTo(0)).execute()
    await db.schema.alterTable('reviews').addColumn('corrects', 'text').execute()
    await db.schema.alterTable('reviews').addColumn('reasons', 'text', (column) => column.notNull().defaultTo('[]')).execute()
    await db.schema.createTable('comments')
      .addColumn('id', 'text', (column) => column.primaryKey()).addColumn('threadId', 'text', (column) => column.notNull())
      .addColumn('taskId', 'text', (column) => column.notNull()).addColumn('revisionId', 'text').addColumn('author', 'text', (column) => column.notNull())
      .addColumn('createdAt', 'text', (column) => column.notNull()).addColumn('act', 'text', (column) => column.notNull())
      .addForeignKeyConstraint('comments_task', ['taskId'], 'tasks', ['id']).execute()
    await db.schema.createIndex('comments_by_task').on('comments').column('taskId').execute()
    await db.schema.createTable('statementReceipts')
      .addColumn('statementId', 'text', (column) => column.primaryKey()).addColumn('userId', 'text', (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull()).addColumn('receipt', 'text', (column) => column.notNull()).execute()
  },
}
