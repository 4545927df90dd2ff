import { sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Numbers audit entries in the order in which they arrived, so that reviewers can be told what is new. */
export const auditArrival: Migration = {
  async up(db) {
    await db.schema.alterTable('auditEntries').addColumn('arrival', 'bigint', (column) => column.notNull().defaultTo(0)).execute()
    await sql`UPDATE audit_entries SET arrival = numbered.place
      FROM (SELECT device, epoch, seq, row_number() OVER (ORDER BY received_at, device, epoch, seq) AS place FROM audit_entries) AS numbered
      WHERE numbered.device = audit_entries.device AND numbered.epoch = audit_entries.epoch AND numbered.seq = audit_entries.seq`.execute(db)
    await db.schema.createIndex('audit_entries_by_arrival').unique().on('auditEntries').column('arrival').execute()
  },
}
