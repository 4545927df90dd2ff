import {
  CHANNELS, EVENTS, type ChannelName, type EventName, type EventPayload, type RequestOf, type ResponseOf,
} from '../../shared/rpc/channels.ts'
import { ResponseEnvelopeSchema, type RequestEnvelope } from '../../shared/rpc/envelope.ts'
import { RpcError } from '../../shared/rpc/errors.ts'
import type { Ask } from '../../shared/rpc/taskContent.ts'
import { assertNever } from '../../shared/domain/assertNever.ts'
import { EngineLostError } from './engineLost.ts'

const ANSWER_TIMEOUT_MS = 30_000
/** These take as long as the disk or the network does; only the loss of the engine ends them. */
const LONG_RUNNING: ReadonlySet<ChannelName> = new Set(['verify.run', 'export.run', 'audit.export', 'audit.exportCsv', 'audit.verify', 'audit.verifyFile', 'diagnostics.get', 'diagnostics.bundle', 'timeline.open', 'versions.between', 'backups.list', 'backups.make', 'assets.fetch'])

interface Pending {
  envelope: RequestEnvelope
  sent: boolean
  resolve: (payload: unknown) => void
  reject: (error: Error) => void
  timer: ReturnType<typeof setTimeout> | undefined
}

type Listener = (payload: unknown) => void

/** Typed, validated requests to the engine over one MessagePort, which may be replaced when the engine was started again. */
export class EngineClient {
  #port: MessagePort | undefined
  #nextId = 1
  readonly #pending = new Map<number, Pending>()
  readonly #listeners = new Map<EventName, Set<Listener>>()
  readonly #connectionListeners = new Set<() => void>()

  get connected(): boolean {
    return this.#port !== undefined
  }

  /** Takes a port to a (new) engine: what was sent to the old one is lost, what still waits is sent now. */
  attach(port: MessagePort): void {
    this.detach()
    this.#port = port
    port.addEventListener('message', (event: MessageEvent<unknown>) => this.#receive(event.data))
    port.addEventListener('close', () => {
      if (this.#port === port) this.detach()
    })
    port.start()
    for (const pending of this.#pending.values()) this.#send(pending)
    this.#announceConnection()
  }

  /** Gives up the port; requests that were under way fail with EngineLostError. */
  detach(): void {
    if (!this.#port) return
    this.#port.close()
    this.#port = undefined
    for (const [id, pending] of this.#pending) {
      if (pending.sent) this.#settle(id)?.reject(new EngineLostError(`The engine was lost during ${pending.envelope.channel}`))
    }
    this.#announceConnection()
  }

  /**
   * Asks the engine; without a port the request waits for one.
   * @throws RpcError as the engine refused it, or EngineLostError when no answer can come any more.
   */
  async request<C extends ChannelName>(channel: C, payload: RequestOf<C>): Promise<ResponseOf<C>> {
    const { request, response } = CHANNELS[channel]
    const parsed = request.safeParse(payload)
    if (!parsed.success) throw new RpcError('invalidRequest', `${channel}: ${parsed.error.message}`)
    const answer = response.safeParse(await this.#exchange(channel, parsed.data))
    if (!answer.success) throw new RpcError('internal', `The engine's answer to ${channel} is not valid: ${answer.error.message}`)
    return answer.data as ResponseOf<C>
  }

  /** `request`, to be handed on. */
  readonly ask: Ask = (channel, payload) => this.request(channel, payload)

  /** Hears an event of the engine; returns the way to stop. */
  subscribe<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set<Listener>()
    this.#listeners.set(event, listeners.add(listener as Listener))
    return () => listeners.delete(listener as Listener)
  }

  /** Hears that the engine was connected or lost; returns the way to stop. */
  readonly onConnection = (listener: () => void): (() => void) => {
    this.#connectionListeners.add(listener)
    return () => this.#connectionListeners.delete(listener)
  }

  #exchange(channel: ChannelName, payload: unknown): Promise<unknown> {
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      const timer = LONG_RUNNING.has(channel)
        ? undefined
        : setTimeout(() => this.#settle(id)?.reject(new EngineLostError(`The engine did not answer ${channel} in time`)), ANSWER_TIMEOUT_MS)
      const pending: Pending = { envelope: { type: 'request', id, channel, payload }, sent: false, resolve, reject, timer }
      this.#pending.set(id, pending)
      this.#send(pending)
    })
  }

  #send(pending: Pending): void {
    if (!this.#port || pending.sent) return
    pending.sent = true
    this.#port.postMessage(pending.envelope)
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    clearTimeout(pending?.timer)
    return pending
  }

  #receive(message: unknown): void {
    const envelope = ResponseEnvelopeSchema.safeParse(message)
    if (!envelope.success) return
    switch (envelope.data.type) {
      case 'response': return this.#settle(envelope.data.id)?.resolve(envelope.data.payload)
      case 'responseText': return this.#settleText(envelope.data.id, envelope.data.json)
      case 'failure': {
        const { code, detail } = envelope.data.failure
        return this.#settle(envelope.data.id)?.reject(new RpcError(code, detail))
      }
      case 'event': return this.#dispatch(envelope.data.event, envelope.data.payload)
      default: assertNever(envelope.data, 'message of the engine')
    }
  }

  #settleText(id: number, json: string): void {
    const pending = this.#settle(id)
    try {
      pending?.resolve(JSON.parse(json))
    } catch (error) {
      pending?.reject(new RpcError('internal', `The engine's answer cannot be read: ${String(error)}`))
    }
  }

  #dispatch(name: string, payload: unknown): void {
    const event = (Object.keys(EVENTS) as EventName[]).find((known) => known === name)
    if (!event) return
    const parsed = EVENTS[event].safeParse(payload)
    if (!parsed.success) return
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(parsed.data)
  }

  #announceConnection(): void {
    for (const listener of [...this.#connectionListeners]) listener()
  }
}
