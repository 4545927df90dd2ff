import { setImmediate } from 'node:timers/promises'
import { CompiledQuery } from 'kysely'
import type { Database, Trx } from './tables.ts'

/** Writes that share one transaction, at most. */
const MOST = 50

interface Waiting { work: (trx: Trx) => Promise<void>; done: () => void; fail: (error: unknown) => void }

/**
 * Runs writes one after another. Those that arrive while a commit waits for the disk share the next transaction, each in a savepoint of its own: one that
 * throws is undone alone. What a write answers is told only when the transaction is on the disk.
 */
export class WriteQueue {
  readonly #db: Database
  #waiting: Waiting[] = []
  #isRunning = false

  constructor(db: Database) {
    this.#db = db
  }

  async add<Result>(work: (trx: Trx) => Promise<Result>): Promise<Result> {
    let result: { value: Result } | undefined
    await new Promise<void>((done, fail) => {
      this.#waiting.push({ work: async (trx) => { result = { value: await work(trx) } }, done, fail })
      void this.#run()
    })
    if (result === undefined) throw new Error('The write did not run')
    return result.value
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return
    this.#isRunning = true
    while (this.#waiting.length > 0) {
      // Over SQLite nothing is read from the network until a transaction has ended: what has arrived meanwhile comes first, and takes part.
      await setImmediate()
      await this.#commit(this.#waiting.splice(0, MOST))
    }
    this.#isRunning = false
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const through: Waiting[] = []
    try {
      await this.#db.transaction().execute(async (trx) => {
        // The row that all writers take, so that they run one after another in PostgreSQL as they do in SQLite.
        await trx.updateTable('serverState').set((row) => ({ changeSeq: row.ref('changeSeq') })).where('id', '=', 1).execute()
        for (const each of batch) if (await inSavepoint(trx, each)) through.push(each)
      })
      for (const { done } of through) done()
    } catch (error) {
      for (const { fail } of batch) fail(error)
    }
  }
}

/** Answers whether the write is part of the transaction. @throws when the transaction cannot go on. */
async function inSavepoint(trx: Trx, { work, fail }: Waiting): Promise<boolean> {
  await command(trx, 'SAVEPOINT one_write')
  try {
    await work(trx)
  } catch (error) {
    await command(trx, 'ROLLBACK TO SAVEPOINT one_write')
    fail(error)
    return false
  } finally {
    await command(trx, 'RELEASE SAVEPOINT one_write')
  }
  return true
}

function command(trx: Trx, text: string) {
  return trx.executeQuery(CompiledQuery.raw(text))
}
