import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { Sha256Schema } from '../../../shared/domain/ids.ts'

/** A multipart upload under way: what has to be known to go on with it. `parts` are those that the server has confirmed; numbers begin at 1. */
export const StartedUploadSchema = z.object({
  uploadId: z.string().min(1),
  sha256: Sha256Schema,
  partBytes: z.int().positive(),
  parts: z.array(z.object({ number: z.int().positive(), etag: z.string().min(1) })),
})
export type StartedUpload = z.infer<typeof StartedUploadSchema>

/** Remembers multipart uploads across restarts, by the place of the object. */
export interface UploadJournal {
  find(place: string): Promise<StartedUpload | undefined>
  save(place: string, upload: StartedUpload): Promise<void>
  forget(place: string): Promise<void>
}

/** A journal in a folder, one file for each upload. To lose one costs no work: that upload begins anew. */
export function createUploadJournal(folder: string): UploadJournal {
  const pathOf = (place: string) => join(folder, `${createHash('sha256').update(place).digest('hex')}.json`)
  return {
    async find(place) {
      try {
        return StartedUploadSchema.parse(JSON.parse(await readFile(pathOf(place), 'utf8')))
      } catch {
        return undefined
      }
    },
    async save(place, upload) {
      mkdirSync(folder, { recursive: true })
      await writeFile(`${pathOf(place)}.new`, JSON.stringify(upload))
      await rename(`${pathOf(place)}.new`, pathOf(place))
    },
    forget: (place) => rm(pathOf(place), { force: true }),
  }
}
