import type { StoreApi } from 'zustand/vanilla'
import type { AssistAnswer, AssistFailure, AssistQuestion, AssistTool } from '../../../shared/domain/assist.ts'
import type { InputEvent } from '../input/inputEvent.ts'
import type { EditorState, ToolId } from './state.ts'

/** Work outside the editor that can be given up. */
export interface Pending<T> { readonly done: Promise<T>; cancel(): void }

/** What proposes shapes: outside the editor, for it takes a while. Both reject when given up or when something unforeseen happens. */
export interface Assistant {
  /** Answers why the tool cannot be used, or nothing once it is ready. */
  prepare(tool: AssistTool): Pending<AssistFailure | undefined>
  ask(question: AssistQuestion): Pending<AssistAnswer>
}

interface Asked { readonly id: number; readonly question: AssistQuestion; readonly keep: boolean }

/** How assisted tools ask. Answers come as `proposal` events with the number of their question. */
export interface Assistance {
  /**
   * Puts a question and answers its number; numbers rise. One is asked at a time; of those that wait only the newest is kept, for it holds all that was
   * pointed at, unless it says `keep`.
   */
  ask(question: AssistQuestion, options?: { readonly keep: boolean }): number
  /** Gives up every question. */
  stopAsking(): void
  /** Gets the tool in hand ready, where it is an assisted one. */
  prepare(tool: ToolId): void
}

const ASSIST_TOOLS: ReadonlySet<string> = new Set<AssistTool>(['magicWand', 'grabCut', 'scissors', 'segmentAnything'])
export const isAssistTool = (tool: string): tool is AssistTool => ASSIST_TOOLS.has(tool)

export function createAssistance(assistant: Assistant, state: StoreApi<EditorState>, dispatch: (event: InputEvent) => void): Assistance {
  let lastId = 0
  let waiting: readonly Asked[] = []
  let running: Pending<AssistAnswer> | undefined
  let preparing: Pending<AssistFailure | undefined> | undefined

  const next = () => {
    const [asked, ...others] = waiting
    waiting = others
    running = asked && assistant.ask(asked.question)
    state.setState({ assistBusy: running !== undefined })
    if (asked !== undefined && running !== undefined) void follow(asked, running)
  }
  const follow = async ({ id }: Asked, pending: Pending<AssistAnswer>) => {
    const answer = await pending.done.catch((): AssistAnswer => ({ kind: 'failed', reason: 'failed' }))
    if (running !== pending) return
    next()
    dispatch({ type: 'proposal', id, answer })
  }
  const getReady = async (pending: Pending<AssistFailure | undefined>) => {
    state.setState({ assistReadiness: { kind: 'preparing' } })
    const failure = await pending.done.catch((): AssistFailure => 'failed')
    if (preparing === pending) state.setState({ assistReadiness: failure === undefined ? { kind: 'ready' } : { kind: 'failed', reason: failure } })
  }

  return {
    ask(question, { keep } = { keep: false }) {
      lastId += 1
      waiting = [...waiting.filter((asked) => asked.keep), { id: lastId, question, keep }]
      if (running === undefined) next()
      return lastId
    },
    stopAsking() {
      waiting = []
      running?.cancel()
      running = undefined
      state.setState({ assistBusy: false })
    },
    prepare(tool) {
      preparing?.cancel()
      preparing = isAssistTool(tool) ? assistant.prepare(tool) : undefined
      if (preparing !== undefined) void getReady(preparing)
    },
  }
}

/** For an editor that nobody assists: there is no engine, as in many tests. */
export const NO_ASSISTANT: Assistant = {
  prepare: () => ({ done: Promise.resolve('failed'), cancel: () => undefined }),
  ask: () => ({ done: Promise.resolve({ kind: 'failed', reason: 'failed' }), cancel: () => undefined }),
}
