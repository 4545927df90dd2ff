import type { Migration } from 'kysely/migration'

/** The right answers to gold tasks, and how results answered them. */
export const gold: Migration = {
  async up(db) {
    await db.schema.createTable('goldAnswers')
      .addColumn('taskId', 'text', (column) => column.primaryKey()).addColumn('answer', 'text', (column) => column.notNull())
      .addForeignKeyConstraint('gold_answers_task', ['taskId'], 'tasks', ['id']).execute()
    await db.schema.createTable('goldScores')
      .addColumn('revisionId', 'text', (column) => column.primaryKey()).addColumn('taskId', 'text', (column) => column.notNull())
      .addColumn('author', 'text', (column) => column.notNull()).addColumn('feedback', 'text', (column) => column.notNull())
      .addColumn('isReleased', 'integer', (column) => column.notNull().defaultTo(0)).addColumn('score', 'text', (column) => column.notNull()).execute()
    await db.schema.createIndex('gold_scores_by_task').on('goldScores').column('taskId').execute()
  },
}
