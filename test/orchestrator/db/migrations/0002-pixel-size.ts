import type { Migration } from 'kysely/migration'

/** The physical size of an image's pixels, where its record gives one. */
export const pixelSize: Migration = {
  up: (db) => db.schema.alterTable('assets').addColumn('pixelSize', 'text').execute(),
}
