import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RemoteError, type ObjectStore, type PutRequest } from '../../../electron/engine/sync/ports.ts'
import { ObjectKeySchema } from '../../../shared/domain/asset.ts'
import { AssetIdSchema, Sha256Schema } from '../../../shared/domain/ids.ts'

export interface StorageSubject {
  store: ObjectStore
  close(): Promise<void>
}

/** `tellsHash` is false for a storage that never tells what it holds under a taken key: then the orchestrator raises the alarm. */
export interface StorageTraits { tellsHash: boolean }

const running = () => AbortSignal.timeout(15_000)

export function putRequest(text: string | Uint8Array, key?: string): PutRequest {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  const sha256 = Sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
  return { key: ObjectKeySchema.parse(key ?? `submissions/sha256/${sha256}`), bytes, sha256, mediaType: 'application/octet-stream' }
}

function refOf(key: string) {
  return { key: ObjectKeySchema.parse(key), assetId: AssetIdSchema.parse('asset-1') }
}

export async function readObject(store: ObjectStore, key: string, signal = running()): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of store.get(refOf(key), signal)) parts.push(part)
  return Buffer.concat(parts)
}

/** The failure that a call ends with. */
export async function failureOf(work: Promise<unknown>): Promise<RemoteError['failure']> {
  const error: unknown = await work.then(() => undefined, (reason: unknown) => reason)
  if (!(error instanceof RemoteError)) throw new Error(`Expected a RemoteError, not ${String(error)}`, { cause: error })
  return error.failure
}

/** What every object storage driver must do. */
export function describeObjectStore(name: string, makeSubject: () => Promise<StorageSubject>, traits: StorageTraits = { tellsHash: true }): void {
  describe(`object store: ${name}`, () => {
    let subject: StorageSubject
    let store: ObjectStore
    beforeAll(async () => {
      subject = await makeSubject()
      store = subject.store
    }, 60_000)
    afterAll(() => subject.close())

    it('gives back the bytes that were put', async () => {
      const request = putRequest('a first revision')
      expect(await store.put(request, running())).toBe('stored')
      expect((await readObject(store, request.key)).toString()).toBe('a first revision')
    })

    it('keeps objects of any size and content', async () => {
      const large = new Uint8Array(3_000_000).map((_, index) => index * 31)
      for (const request of [putRequest(''), putRequest(large), putRequest('odd name', 'images/street 1/día+50%&=?#é.jpg')]) {
        expect(await store.put(request, running())).toBe('stored')
        expect(Buffer.compare(await readObject(store, request.key), Buffer.from(request.bytes))).toBe(0)
      }
    })

    it('says that an object existed when the same bytes come again', async () => {
      const request = putRequest('sent twice')
      await store.put(request, running())
      expect(await store.put(request, running())).toBe('existed')
      expect((await readObject(store, request.key)).toString()).toBe('sent twice')
    })

    if (traits.tellsHash) {
      it('raises an alarm for other bytes under a taken key and keeps the first ones', async () => {
        const key = putRequest('the truth').key
        await store.put(putRequest('not the truth', key), running())
        expect(await failureOf(store.put(putRequest('the truth', key), running()))).toMatchObject({ kind: 'conflict' })
        expect((await readObject(store, key)).toString()).toBe('not the truth')
      })
    }

    it('never overwrites, whatever it says', async () => {
      const key = putRequest('intended').key
      await store.put(putRequest('first', key), running())
      await store.put(putRequest('intended', key), running()).catch(() => undefined)
      expect((await readObject(store, key)).toString()).toBe('first')
    })

    it('stores once when several put the same object at the same time', async () => {
      const request = putRequest('raced for')
      const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => store.put(request, running())))
      const values = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason as unknown))
      expect(values.filter((value) => value === 'stored')).toHaveLength(1)
      // A server may ask to try again (409) while the first one is under way.
      for (const value of values.filter((other) => other instanceof RemoteError)) expect(value).toMatchObject({ failure: { kind: 'transient' } })
      expect((await readObject(store, request.key)).toString()).toBe('raced for')
    })

    it('says that an object is not there', async () => {
      expect(await failureOf(readObject(store, 'submissions/sha256/nothing-here'))).toEqual({ kind: 'notFound' })
    })

    it('stops at an aborted signal with its reason', async () => {
      const reason = new Error('the person went offline')
      const request = putRequest('never sent')
      await expect(store.put(request, AbortSignal.abort(reason))).rejects.toBe(reason)
      await expect(readObject(store, request.key, AbortSignal.abort(reason))).rejects.toBe(reason)
      expect(await failureOf(readObject(store, request.key))).toEqual({ kind: 'notFound' })
    })

    describe('a reader that has the beginning already', () => {
      const whole = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251))
      /** What a read from `offset` brings, and where it says that it begins. */
      const readFrom = async (request: PutRequest, offset: number, version: string | undefined) => {
        const begins: { offset: number; version: string | undefined }[] = []
        const parts: Uint8Array[] = []
        for await (const part of store.get(refOf(request.key), running(), { offset, version, onBegin: (begin) => begins.push(begin) })) {
          expect(begins).toHaveLength(1)
          parts.push(part)
        }
        return { begin: begins[0], bytes: Buffer.concat(parts) }
      }
      const stored = async (name: string) => {
        const request = putRequest(Buffer.concat([whole, Buffer.from(name)]))
        await store.put(request, running())
        return request
      }

      it('gets the rest of the same version', async () => {
        const request = await stored('rest')
        const { begin } = await readFrom(request, 0, undefined)
        expect(begin).toEqual({ offset: 0, version: expect.any(String) as string })
        const rest = await readFrom(request, 60_000, begin?.version)
        expect(rest.begin).toEqual({ offset: 60_000, version: begin?.version })
        expect(Buffer.compare(rest.bytes, Buffer.from(request.bytes).subarray(60_000))).toBe(0)
      })

      it('gets the rest also when it does not know of which version it has the beginning', async () => {
        const request = await stored('unknown')
        const rest = await readFrom(request, 99_999, undefined)
        expect(rest.begin?.offset).toBe(99_999)
        expect(Buffer.compare(rest.bytes, Buffer.from(request.bytes).subarray(99_999))).toBe(0)
      })

      it('gets all of it when it has the beginning of another version, or more bytes than there are', async () => {
        const request = await stored('other')
        for (const [offset, version] of [[60_000, '"0123456789abcdef0123456789abcdef"'], [500_000, undefined]] as const) {
          const { begin, bytes } = await readFrom(request, offset, version)
          expect(begin?.offset).toBe(0)
          expect(Buffer.compare(bytes, Buffer.from(request.bytes))).toBe(0)
        }
      })
    })

    it('goes on after a reader that left early', async () => {
      const request = putRequest(Buffer.alloc(2_000_000, 'x'))
      await store.put(request, running())
      for await (const part of store.get(refOf(request.key), running())) {
        expect(part.length).toBeGreaterThan(0)
        break
      }
      expect(await readObject(store, request.key)).toHaveLength(2_000_000)
    })
  })
}
