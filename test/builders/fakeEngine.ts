import {
  CHANNELS, EVENTS, type ChannelName, type EventName, type EventPayload, type ParsedRequestOf, type ResponseOf,
} from '../../shared/rpc/channels.ts'
import { RequestEnvelopeSchema, type RequestEnvelope, type ResponseEnvelope } from '../../shared/rpc/envelope.ts'
import { RpcError } from '../../shared/rpc/errors.ts'

type Handler<C extends ChannelName> = (request: ParsedRequestOf<C>) => ResponseOf<C> | Promise<ResponseOf<C>>
export type Handlers = { [C in ChannelName]?: Handler<C> }

export interface FakeCall {
  channel: ChannelName
  payload: unknown
}

/** The engine's end of a port: answers by handlers, validated on both ways as the real one does. */
export class FakeEngine {
  /** For the window's client. */
  readonly port: MessagePort
  readonly calls: FakeCall[] = []
  readonly #own: MessagePort
  /** By channel; what goes in and out is checked by the schemas of CHANNELS. */
  readonly #handlers: Map<string, (request: unknown) => unknown>

  constructor(handlers: Handlers) {
    const { port1, port2 } = new MessageChannel()
    this.port = port1
    this.#own = port2
    this.#handlers = new Map(Object.entries(handlers) as [string, (request: unknown) => unknown][])
    port2.onmessage = (event: MessageEvent<unknown>) => void this.#answer(RequestEnvelopeSchema.parse(event.data))
  }

  /** Answers a channel in another way from now on. */
  handle<C extends ChannelName>(channel: C, handler: Handler<C>): void {
    this.#handlers.set(channel, handler as (request: unknown) => unknown)
  }

  emit<E extends EventName>(event: E, payload: EventPayload<E>): void {
    this.#send({ type: 'event', event, payload: EVENTS[event].parse(payload) })
  }

  /** The payloads that came over a channel so far. */
  callsOf<C extends ChannelName>(channel: C): ParsedRequestOf<C>[] {
    return this.calls.filter((call) => call.channel === channel).map((call) => call.payload as ParsedRequestOf<C>)
  }

  close(): void {
    this.#own.close()
  }

  async #answer({ id, channel: name, payload }: RequestEnvelope): Promise<void> {
    try {
      const channel = (Object.keys(CHANNELS) as ChannelName[]).find((known) => known === name)
      const handler = this.#handlers.get(name)
      if (!channel || !handler) throw new RpcError('notFound', `The fake engine has no handler for ${name}`)
      const request: unknown = CHANNELS[channel].request.parse(payload)
      this.calls.push({ channel, payload: request })
      this.#send({ type: 'response', id, payload: CHANNELS[channel].response.parse(await handler(request)) })
    } catch (error) {
      const failure = error instanceof RpcError ? { code: error.code, detail: error.message } : { code: 'internal' as const, detail: String(error) }
      this.#send({ type: 'failure', id, failure })
    }
  }

  #send(envelope: ResponseEnvelope): void {
    this.#own.postMessage(envelope)
  }
}
