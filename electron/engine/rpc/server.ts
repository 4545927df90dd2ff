import { z } from 'zod'
import { RemoteError } from '../../../shared/api/remoteError.ts'
import { CHANNELS } from '../../../shared/rpc/channels.ts'
import type { ChannelName, EventName, EventPayload, ParsedRequestOf, ResponseOf } from '../../../shared/rpc/channels.ts'
import { RequestEnvelopeSchema } from '../../../shared/rpc/envelope.ts'
import type { RequestEnvelope, ResponseEnvelope } from '../../../shared/rpc/envelope.ts'
import { RpcError } from '../../../shared/rpc/errors.ts'
import type { RpcFailure } from '../../../shared/rpc/errors.ts'
import { asStorageFailure } from '../db/transaction.ts'
import { JsonText } from './jsonText.ts'

/** One end of a MessagePort, reduced to what is needed of it. */
export interface RpcPort {
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

/** A function for every channel, given a validated request. */
export type Handlers = { [C in ChannelName]: (request: ParsedRequestOf<C>) => Promise<ResponseOf<C> | JsonText> | ResponseOf<C> }

interface RpcServer {
  /** Tells this window that something changed. */
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void
}

/**
 * Answers the requests that arrive at a port: the one guarded entrance from the window. Nothing reaches a handler that its channel's schema does
 * not let through. `onBug` hears of failures that no code expected; the window gets `internal` and no details of them. `onDamage` hears when a reader found the database damaged.
 */
export function createRpcServer({ handlers, port, onBug, onDamage }: { handlers: Handlers; port: RpcPort; onBug: (error: unknown) => void; onDamage: (detail: string) => void }): RpcServer {
  const send = (envelope: ResponseEnvelope) => { port.postMessage(envelope) }
  port.onMessage((message) => {
    const request = RequestEnvelopeSchema.safeParse(message)
    // Without an id there is nobody to answer.
    if (!request.success) return
    answer(handlers, request.data).then(
      (payload) => { send(payload instanceof JsonText ? { type: 'responseText', id: request.data.id, json: payload.json } : { type: 'response', id: request.data.id, payload }) },
      (error: unknown) => {
        const failure = failureOf(error, onBug)
        if (failure.code === 'databaseDamaged') onDamage(failure.detail)
        send({ type: 'failure', id: request.data.id, failure })
      },
    ).catch(onBug)
  })
  return { emit: (event, payload) => { send({ type: 'event', event, payload }) } }
}

async function answer(handlers: Handlers, { channel, payload }: RequestEnvelope): Promise<unknown> {
  if (!isChannel(channel)) throw new RpcError('invalidRequest', `There is no channel ${channel}`)
  return handle(handlers, channel, payload)
}

async function handle<C extends ChannelName>(handlers: Handlers, channel: C, payload: unknown): Promise<ResponseOf<C> | JsonText> {
  const request = CHANNELS[channel].request.safeParse(payload)
  if (!request.success) throw new RpcError('invalidRequest', z.prettifyError(request.error))
  return handlers[channel](request.data as ParsedRequestOf<C>)
}

function isChannel(channel: string): channel is ChannelName {
  return Object.hasOwn(CHANNELS, channel)
}

function failureOf(error: unknown, onBug: (error: unknown) => void): RpcFailure {
  const known = error instanceof RpcError ? error : asStorageFailure(error) ?? asRemoteFailure(error) ?? asCancelled(error)
  if (known !== undefined) return { code: known.code, detail: known.message }
  onBug(error)
  return { code: 'internal', detail: error instanceof Error ? error.name : 'unknown' }
}

function asRemoteFailure(error: unknown): RpcError | undefined {
  if (!(error instanceof RemoteError)) return undefined
  switch (error.failure.kind) {
    case 'unauthorized': return new RpcError('unauthorized', error.message)
    case 'conflict': return new RpcError('conflict', error.message)
    case 'notFound': return new RpcError('notFound', error.message)
    case 'refused': return new RpcError('notAllowed', error.message)
    case 'offline': case 'transient': case 'throttled': case 'captivePortal': case 'corrupt': case 'grantExpired': case 'cursorExpired':
    default: return new RpcError('offline', error.message)
  }
}

function asCancelled(error: unknown): RpcError | undefined {
  return error instanceof Error && error.name === 'AbortError' ? new RpcError('cancelled', error.message) : undefined
}
