import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../../builders/temporaryFolder.ts'
import { inWrite, openDatabase } from '../../../orchestrator/db/open.ts'

it('takes what arrives one after another in a turn of the event loop into one transaction', async () => {
  const db = await openDatabase({ kind: 'sqlite', file: join(temporaryFolder(), 'orchestrator.db') })
  onTestFinished(() => db.destroy())
  const events: string[] = []
  const arrive = (name: string) => new Promise<void>((resolve, reject) => {
    // As requests do that are read from sockets: all that each can do without waiting is done before the next one.
    setImmediate(() => {
      events.push(`${name} arrives`)
      inWrite(db, async () => void events.push(`${name} is written`)).then(() => void events.push(`${name} is on the disk`)).then(resolve, reject)
    })
  })
  await Promise.all([arrive('one'), arrive('two')])
  expect(events).toEqual(['one arrives', 'two arrives', 'one is written', 'two is written', 'one is on the disk', 'two is on the disk'])
})
