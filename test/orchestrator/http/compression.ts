import type { preParsingAsyncHookHandler, onSendAsyncHookHandler, RequestPayload } from 'fastify'
import { promisify } from 'node:util'
import { constants, createGunzip, gzip } from 'node:zlib'

const compress = promisify(gzip)
/** From this length on an answer is worth it. */
const LEAST_LENGTH = 1024

/** Reads bodies that were sent with `Content-Encoding: gzip`; the limit of a body counts what comes out. */
export const readCompressed: preParsingAsyncHookHandler = async (request, _reply, payload) => {
  if (request.headers['content-encoding'] !== 'gzip') return payload
  const plain: RequestPayload = createGunzip()
  plain.receivedEncodedLength = 0
  payload.on('data', (part: Buffer) => { plain.receivedEncodedLength = (plain.receivedEncodedLength ?? 0) + part.length })
  payload.on('error', (error) => { (plain as ReturnType<typeof createGunzip>).destroy(error) })
  return payload.pipe(plain as ReturnType<typeof createGunzip>)
}

/** Compresses long answers for callers who take that. */
export const sendCompressed: onSendAsyncHookHandler<unknown> = async (request, reply, payload) => {
  if (typeof payload !== 'string' || payload.length < LEAST_LENGTH || !/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return payload
  const compressed = await compress(payload, { level: constants.Z_BEST_SPEED })
  void reply.headers({ 'content-encoding': 'gzip', 'content-length': compressed.length })
  return compressed
}
