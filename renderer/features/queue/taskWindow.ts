import { createStore } from 'zustand/vanilla'
import type { EngineClient } from '../../bridge/engineClient.ts'
import type { TaskQuery, TaskRow } from '../../../shared/rpc/taskRows.ts'

const PAGE_SIZE = 200
/** Pages kept around those in sight: what is farther away is asked for again when it comes into sight. */
const PAGES_KEPT = 12

export interface TaskWindowState {
  /** How many tasks match; undefined until the first answer. */
  total: number | undefined
  pages: ReadonlyMap<number, readonly TaskRow[]>
  error: unknown
}

type Client = Pick<EngineClient, 'request'>

/** A sliding window on a query with any number of rows: it holds only the pages that are, or just were, in sight. */
export class TaskWindow {
  readonly state = createStore<TaskWindowState>(() => ({ total: undefined, pages: new Map(), error: undefined }))
  readonly #engine: Client
  #query: TaskQuery
  #key: string
  /** Answers to a query that is no longer asked are dropped. */
  #generation = 0
  #answered = -1
  #fresh = new Set<number>()
  readonly #asked = new Set<string>()
  #inSight: [first: number, last: number] = [0, 0]

  constructor(engine: Client, query: TaskQuery) {
    this.#engine = engine
    this.#query = query
    this.#key = JSON.stringify(query)
  }

  /** Asks something else. The rows of the old question stay until the first answer to the new one, so that typing does not flicker. */
  ask(query: TaskQuery): void {
    const key = JSON.stringify(query)
    if (key === this.#key) return
    this.#query = query
    this.#key = key
    this.#inSight = [0, 0]
    this.refresh()
  }

  /** Fetches what is in sight again; what is out of sight is forgotten. */
  refresh(): void {
    this.#generation += 1
    this.#fresh = new Set()
    this.#load()
  }

  /** Says which rows are in sight; missing ones are fetched. */
  look(firstRow: number, lastRow: number): void {
    this.#inSight = [Math.floor(firstRow / PAGE_SIZE), Math.floor(lastRow / PAGE_SIZE)]
    this.#load()
  }

  row(index: number): TaskRow | undefined {
    return this.state.getState().pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE]
  }

  #load(): void {
    const [first, last] = this.#inSight
    for (let page = first; page <= last; page++) {
      const ask = `${this.#generation}/${page}`
      if (this.#fresh.has(page) || this.#asked.has(ask)) continue
      this.#asked.add(ask)
      void this.#fetch(page, this.#generation).finally(() => this.#asked.delete(ask))
    }
  }

  async #fetch(page: number, generation: number): Promise<void> {
    try {
      const answer = await this.#engine.request('tasks.query', { query: this.#query, offset: page * PAGE_SIZE, limit: PAGE_SIZE })
      if (generation !== this.#generation) return
      this.#fresh.add(page)
      this.state.setState(({ pages }) => ({ total: answer.total, pages: this.#kept(pages, page, answer.rows), error: undefined }))
    } catch (error) {
      if (generation === this.#generation) this.state.setState({ error })
    }
  }

  #kept(before: ReadonlyMap<number, readonly TaskRow[]>, page: number, rows: readonly TaskRow[]): Map<number, readonly TaskRow[]> {
    const [first, last] = this.#inSight
    const firstAnswer = this.#answered !== this.#generation
    this.#answered = this.#generation
    const isKept = (other: number) =>
      firstAnswer ? other >= first && other <= last : Math.abs(other - page) <= PAGES_KEPT / 2
    const kept = new Map([...before].filter(([other]) => isKept(other)))
    for (const fresh of this.#fresh) if (!kept.has(fresh)) this.#fresh.delete(fresh)
    this.#fresh.add(page)
    return kept.set(page, rows)
  }
}
