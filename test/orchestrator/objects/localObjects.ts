import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Selectable } from 'kysely'
import type { Grant } from '../../../shared/api/messages.ts'
import type { ObjectKey } from '../../../shared/domain/asset.ts'
import type { Database, Tables } from '../db/tables.ts'
import { ProblemError } from '../http/problems.ts'
import { instantOf } from '../../../shared/domain/ids.ts'
import type { DataKeys } from '../signing/dataKeys.ts'
import { GRANT_LIFETIME_MS } from './objectStorage.ts'
import type { ObjectStorage } from './objectStorage.ts'
import { signedPath } from './signedUrls.ts'
import type { Permission } from './signedUrls.ts'

export interface LocalObjectsOptions {
  db: Database
  keys: DataKeys
  folder: string
  now: () => number
  /** The address that granted URLs start with, known once the server listens. */
  publicUrl: () => string
}

type ObjectRow = Selectable<Tables['objects']>
type PutPermission = Extract<Permission, { method: 'PUT' }>

/** Objects in a folder. Files are named by the SHA-256 of their bytes, and a row says which file a key has, so a key can never change. */
export interface LocalObjects extends ObjectStorage {
  /** Takes an upload. 'existed' when the key is taken; the bytes are then not looked at. @throws ProblemError 400 hashMismatch */
  receive(permission: PutPermission, body: Readable): Promise<'stored' | 'existed'>
  find(key: ObjectKey): Promise<ObjectRow | undefined>
  /** The bytes from `start` to `end`, both included. */
  stream(row: ObjectRow, start: number, end: number): Readable
}

export function createLocalObjects(options: LocalObjectsOptions): LocalObjects {
  const { db, folder, now } = options
  const fileOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256)
  const find = (key: ObjectKey) => db.selectFrom('objects').selectAll().where('key', '=', key).executeTakeFirst()
  const remember = async (row: Omit<ObjectRow, 'createdAt'>) => {
    const { numInsertedOrUpdatedRows } = await db.insertInto('objects').values({ ...row, createdAt: instantOf(now()) })
      .onConflict((conflict) => conflict.column('key').doNothing()).executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n ? 'stored' : 'existed'
  }
  return {
    find,
    grantPut: ({ key, sha256, size, mediaType }) => {
      const headers = { 'content-type': mediaType, 'if-none-match': '*' }
      return Promise.resolve(grant(options, { method: 'PUT', key, sha256, size, mediaType, expires: now() + GRANT_LIFETIME_MS }, headers))
    },
    grantGet: (key) => Promise.resolve(grant(options, { method: 'GET', key, expires: now() + GRANT_LIFETIME_MS }, {})),
    async receive({ key, sha256, size, mediaType }, body) {
      if (await find(key)) return 'existed'
      await receiveFile(body, fileOf(sha256), sha256, size)
      return remember({ key, sha256, size, mediaType })
    },
    async read(key, limit) {
      const row = await find(key)
      if (row && row.size > limit) throw new ProblemError(413, 'tooLarge', `The object has more than ${limit} bytes`)
      return row ? readFile(fileOf(row.sha256)) : undefined
    },
    async store({ key, bytes, sha256, mediaType }) {
      if (await find(key)) return
      await receiveFile(Readable.from([bytes]), fileOf(sha256), sha256, bytes.length)
      await remember({ key, sha256, size: bytes.length, mediaType })
    },
    stream: (row, start, end) => createReadStream(fileOf(row.sha256), { start, end }),
  }
}

function grant(options: LocalObjectsOptions, permission: Permission, headers: Record<string, string>): Grant {
  const { key, method, expires } = permission
  return { key, method, url: options.publicUrl() + signedPath(options.keys, permission), headers, expiresAt: instantOf(expires) }
}

/** Streams into a temporary file beside the target and puts it in place when length and hash are right. */
async function receiveFile(body: Readable, target: string, sha256: string, size: number): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  const temporary = `${target}.${randomUUID()}.part`
  try {
    const hash = createHash('sha256')
    let received = 0
    const check = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        received += chunk.length
        hash.update(chunk)
        done(received > size ? mismatch(`more than the announced ${size} bytes arrived`) : null, chunk)
      },
    })
    await pipeline(body, check, createWriteStream(temporary))
    if (received !== size) throw mismatch(`${received} of ${size} bytes arrived`)
    if (hash.digest('hex') !== sha256) throw mismatch('the bytes do not have the SHA-256 that was granted')
    await syncFile(temporary)
    await rename(temporary, target)
  } finally {
    await rm(temporary, { force: true })
  }
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.sync().finally(() => handle.close())
}

function mismatch(what: string): ProblemError {
  return new ProblemError(400, 'hashMismatch', `Nothing was stored: ${what}`)
}
