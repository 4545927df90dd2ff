import { z } from 'zod'
import { RpcFailureSchema } from './errors.ts'

/** What travels over the MessagePort between window and engine. Payloads are validated apart, by channel. */
export const RequestEnvelopeSchema = z.object({ type: z.literal('request'), id: z.int().positive(), channel: z.string(), payload: z.unknown() })
export type RequestEnvelope = z.infer<typeof RequestEnvelopeSchema>

export const ResponseEnvelopeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('response'), id: z.int().positive(), payload: z.unknown() }),
  /** The payload as JSON, where another thread has written it: long text is handed on at little cost. */
  z.object({ type: z.literal('responseText'), id: z.int().positive(), json: z.string() }),
  z.object({ type: z.literal('failure'), id: z.int().positive(), failure: RpcFailureSchema }),
  z.object({ type: z.literal('event'), event: z.string(), payload: z.unknown() }),
])
export type ResponseEnvelope = z.infer<typeof ResponseEnvelopeSchema>

/** The message with which the preload hands the engine's port to the page. */
export const ENGINE_PORT_MESSAGE = 'fieldmark:engine-port'
