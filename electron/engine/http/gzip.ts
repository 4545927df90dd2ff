import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { constants, createGunzip, gzip } from 'node:zlib'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import type { HttpAnswer } from './request.ts'

const compress = promisify(gzip)

/** Text as it takes the fewest bytes of a slow link for little work. */
export function gzipped(text: string): Promise<Uint8Array> {
  return compress(text, { level: constants.Z_BEST_SPEED })
}

/** The body of an answer as it was before it was compressed, if it was. @throws RemoteError corrupt when it cannot be read, and what the body throws. */
export function plainBody({ headers, body }: HttpAnswer): AsyncIterable<Uint8Array> {
  return headers.get('content-encoding') === 'gzip' ? gunzipped(body) : body
}

async function* gunzipped(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip()
  // What breaks the body ends the reading below with the same error.
  const fed = pipeline(body, gunzip).catch(() => undefined)
  try {
    for await (const part of gunzip) yield part as Uint8Array
  } catch (error) {
    throw error instanceof RemoteError ? error : new RemoteError({ kind: 'corrupt' }, 'The compressed answer cannot be read', { cause: error })
  } finally {
    gunzip.destroy()
    await fed
  }
}
