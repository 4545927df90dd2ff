import { createHash } from 'node:crypto'
import type { Database, Statement } from 'better-sqlite3'
import { z } from 'zod'
import { PixelSizeSchema } from '../../../shared/domain/asset.ts'
import { Sha256Schema, type Sha256 } from '../../../shared/domain/ids.ts'
import type { TilePlace } from '../../../shared/domain/tileKey.ts'
import { deleteCacheDatabase, isDamage, isFullDisk, openCacheDatabase } from './cacheDatabase.ts'
import { PictureSchema, type CutTile, type Picture } from './imageMessages.ts'
import { PyramidSchema, type Pyramid } from './pyramid.ts'

/** A use is written down at most once in this many milliseconds, so that reading tiles does not write. */
const USE_GRAIN_MS = 60_000

const ContentSchema = z.object({
  sha256: Sha256Schema,
  complete: z.int().transform((value) => value === 1),
  pyramid: z.string().nullable().transform((text) => (text === null ? undefined : PyramidSchema.parse(JSON.parse(text)))),
  pixelSize: z.string().nullable().transform((text) => (text === null ? undefined : PixelSizeSchema.parse(JSON.parse(text)))),
  mediaType: z.string(),
})
/** What is known of cached bytes: complete once they were looked into and, for a pyramid, all tiles are there; one that is not has at least its overview. */
export type Content = z.output<typeof ContentSchema>

/** How an image is shown: as one file if there is no pyramid. `pixelSize` as the file gives it. */
export type Shown = Pick<Content, 'mediaType'> & Partial<Pick<Content, 'pyramid' | 'pixelSize'>>

const StoredPictureSchema = PictureSchema.extend({ hash: Sha256Schema })

/** Everything that `cache.db` holds. A file that turns out to be damaged is replaced by an empty one, and what was asked counts as missing. */
export class CacheIndex {
  readonly #path: string
  #db: Database
  #statements = new Map<string, Statement>()
  #usedBytes: number

  constructor(path: string) {
    this.#path = path
    this.#db = openCacheDatabase(path)
    this.#usedBytes = this.#sumOfBytes()
  }

  close(): void {
    this.#db.close()
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  find(sha256: Sha256): Content | undefined {
    const row = this.#get('SELECT sha256, complete, pyramid, pixel_size AS pixelSize, media_type AS mediaType FROM contents WHERE sha256 = ?', sha256)
    return row === undefined ? undefined : ContentSchema.parse(row)
  }

  /** Oldest use first; bytes include tiles and thumbnail. */
  byLastUse(): { sha256: Sha256; bytes: number }[] {
    return z.array(z.object({ sha256: Sha256Schema, bytes: z.int() })).parse(this.#sql('SELECT sha256, bytes FROM contents ORDER BY used_at').all())
  }

  /** Notes that an object's file is there, before it is looked into. */
  add(sha256: Sha256, bytes: number, mediaType: string, now: number): void {
    const text = 'INSERT INTO contents (sha256, complete, media_type, bytes, used_at) VALUES (?, 0, ?, ?, ?) ON CONFLICT DO NOTHING'
    if (this.#run(text, sha256, mediaType, bytes, now) === 1) this.#usedBytes += bytes
  }

  /** Notes that the image can be looked at, as an overview, while its tiles come; it is complete later. */
  showEarly(sha256: Sha256, pyramid: Pyramid): void {
    this.#run('UPDATE contents SET pyramid = ? WHERE sha256 = ? AND complete = 0', JSON.stringify(pyramid), sha256)
  }

  /** Notes that the image can be shown. */
  complete(sha256: Sha256, { mediaType, pyramid, pixelSize }: Shown): void {
    const text = 'UPDATE contents SET complete = 1, media_type = ?, pyramid = ?, pixel_size = ? WHERE sha256 = ?'
    this.#run(text, mediaType, pyramid ? JSON.stringify(pyramid) : null, pixelSize ? JSON.stringify(pixelSize) : null, sha256)
  }

  /** Notes a use. A full disk may forget it: an image must be readable all the same. */
  touch(sha256: Sha256, now: number): void {
    this.#unlessFull(() => this.#run('UPDATE contents SET used_at = ? WHERE sha256 = ? AND used_at < ?', now, sha256, now - USE_GRAIN_MS))
  }

  /** Forgets objects with their tiles and thumbnails. */
  remove(hashes: readonly Sha256[]): void {
    this.#guarded(() => {
      this.#db.transaction(() => hashes.forEach((sha256) => this.#sql('DELETE FROM contents WHERE sha256 = ?').run(sha256)))()
    })
    this.#db.pragma('incremental_vacuum')
    this.#usedBytes = this.#sumOfBytes()
  }

  putTiles(sha256: Sha256, tiles: readonly CutTile[]): void {
    let added = 0
    const insertAll = () => {
      added = 0
      const insert = this.#sql('INSERT INTO tiles (sha256, level, "column", "row", hash, media_type, bytes) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
      for (const { level, column, row, mediaType, bytes } of tiles) {
        added += insert.run(sha256, level, column, row, hashOf(bytes), mediaType, bytes).changes * bytes.length
      }
      this.#sql('UPDATE contents SET bytes = bytes + ? WHERE sha256 = ?').run(added, sha256)
    }
    this.#guarded(() => this.#db.transaction(insertAll)())
    this.#usedBytes += added
  }

  /** The tiles that are there, as `<level>/<column>_<row>`. */
  tileNames(sha256: Sha256): Set<string> {
    const names = this.#sql(`SELECT level || '/' || "column" || '_' || "row" FROM tiles WHERE sha256 = ?`).pluck().all(sha256)
    return new Set(z.array(z.string()).parse(names))
  }

  countTiles(sha256: Sha256): number {
    return z.int().parse(this.#sql('SELECT count(*) FROM tiles WHERE sha256 = ?').pluck().get(sha256))
  }

  /** A tile whose bytes are what was stored; a damaged one is dropped, and its pyramid is no longer complete. */
  tile(sha256: Sha256, { level, column, row }: TilePlace): Picture | undefined {
    const where = 'WHERE sha256 = ? AND level = ? AND "column" = ? AND "row" = ?'
    const picture = this.#picture(`SELECT hash, media_type AS mediaType, bytes FROM tiles ${where}`, sha256, level, column, row)
    if (picture !== 'damaged') return picture
    this.#run(`DELETE FROM tiles ${where}`, sha256, level, column, row)
    this.#run('UPDATE contents SET complete = 0, pyramid = NULL WHERE sha256 = ?', sha256)
    return undefined
  }

  /** Keeps a thumbnail, where there is room for it. */
  putThumbnail(sha256: Sha256, picture: Picture): void {
    if (this.find(sha256) !== undefined) this.#unlessFull(() => this.#insertThumbnail(sha256, picture))
  }

  #insertThumbnail(sha256: Sha256, { bytes, mediaType }: Picture): void {
    const text = 'INSERT INTO thumbnails (sha256, hash, media_type, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING'
    if (this.#run(text, sha256, hashOf(bytes), mediaType, bytes) === 0) return
    this.#run('UPDATE contents SET bytes = bytes + ? WHERE sha256 = ?', bytes.length, sha256)
    this.#usedBytes += bytes.length
  }

  thumbnail(sha256: Sha256): Picture | undefined {
    const picture = this.#picture('SELECT hash, media_type AS mediaType, bytes FROM thumbnails WHERE sha256 = ?', sha256)
    if (picture !== 'damaged') return picture
    this.#run('DELETE FROM thumbnails WHERE sha256 = ?', sha256)
    return undefined
  }

  #picture(text: string, ...parameters: unknown[]): Picture | 'damaged' | undefined {
    const row = this.#get(text, ...parameters)
    if (row === undefined) return undefined
    const { hash, ...picture } = StoredPictureSchema.parse(row)
    return hashOf(picture.bytes) === hash ? picture : 'damaged'
  }

  #unlessFull(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (!isFullDisk(error)) throw error
    }
  }

  /** Runs once more on an empty database when the file turns out to be damaged. */
  #guarded<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      if (!isDamage(error)) throw error
      this.#startOver()
      return work()
    }
  }

  #get(text: string, ...parameters: unknown[]): unknown {
    return this.#guarded(() => this.#sql(text).get(...parameters))
  }

  #run(text: string, ...parameters: unknown[]): number {
    return this.#guarded(() => this.#sql(text).run(...parameters).changes)
  }

  #startOver(): void {
    this.#db.close()
    deleteCacheDatabase(this.#path)
    this.#db = openCacheDatabase(this.#path)
    this.#statements = new Map()
    this.#usedBytes = 0
  }

  #sql(text: string): Statement {
    const prepared = this.#statements.get(text) ?? this.#db.prepare(text)
    this.#statements.set(text, prepared)
    return prepared
  }

  #sumOfBytes(): number {
    return z.number().parse(this.#db.prepare('SELECT coalesce(sum(bytes), 0) FROM contents').pluck().get())
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
