import Database from 'better-sqlite3'

/** The one connection to `work.db`. */
export type WorkDatabase = Database.Database

const statements = new WeakMap<WorkDatabase, Map<string, Database.Statement>>()

/** The prepared statement of a text, made once per connection; `Row` is what a result row holds. @throws SqliteError on bad SQL. */
export function sql<Row = unknown>(db: WorkDatabase, text: string): Database.Statement<unknown[], Row> {
  let prepared = statements.get(db)
  if (prepared === undefined) {
    prepared = new Map()
    statements.set(db, prepared)
  }
  let statement = prepared.get(text)
  if (statement === undefined) {
    statement = db.prepare(text)
    prepared.set(text, statement)
  }
  return statement as Database.Statement<unknown[], Row>
}

/** Runs a statement that must change exactly `rows` rows. @throws Error otherwise: the database is not in the state the code believes in. */
export function change(db: WorkDatabase, rows: number, text: string, ...parameters: unknown[]): void {
  const { changes } = sql(db, text).run(...parameters)
  if (changes !== rows) throw new Error(`Expected to change ${rows} rows, changed ${changes}: ${text}`)
}

/** The SQLite result code of an error, as `SQLITE_FULL`, or undefined for other errors. */
export function sqliteCode(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined
}

export { Database }
