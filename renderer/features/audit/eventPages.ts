import { createStore } from 'zustand/vanilla'
import type { EngineClient } from '../../bridge/engineClient.ts'
import type { AuditEvent, AuditFilter, AuditKey } from '../../../shared/rpc/auditSearch.ts'

const PAGE = 200

export interface EventPagesState {
  events: readonly AuditEvent[]
  /** Where the next page begins; undefined when all that matches is here. */
  next: AuditKey | undefined
  loading: boolean
  error: unknown
}

/** The events that a filter lets through, newest first, as far as they were scrolled to. */
export class EventPages {
  readonly state = createStore<EventPagesState>(() => ({ events: [], next: undefined, loading: true, error: undefined }))
  readonly #engine: Pick<EngineClient, 'request'>
  #filter: AuditFilter | undefined
  /** Answers to a filter that is no longer asked for are dropped. */
  #generation = 0

  constructor(engine: Pick<EngineClient, 'request'>) {
    this.#engine = engine
  }

  /** Asks from the start. What is shown stays until the answer, so that typing does not flicker. */
  ask(filter: AuditFilter): void {
    this.#filter = filter
    void this.#load(undefined, ++this.#generation)
  }

  /** Fetches the next page, unless it is on its way. */
  more(): void {
    const { next, loading } = this.state.getState()
    if (next !== undefined && !loading) void this.#load(next, this.#generation)
  }

  async #load(after: AuditKey | undefined, generation: number): Promise<void> {
    if (this.#filter === undefined) return
    this.state.setState({ loading: true })
    try {
      const page = await this.#engine.request('audit.events', { filter: this.#filter, limit: PAGE, ...(after && { after }) })
      if (generation !== this.#generation) return
      this.state.setState(({ events }) => ({ events: after === undefined ? page.events : [...events, ...page.events], next: page.next, loading: false, error: undefined }))
    } catch (error) {
      if (generation === this.#generation) this.state.setState({ error, loading: false })
    }
  }
}
