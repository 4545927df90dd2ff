import type { InputEvent } from '../input/inputEvent.ts'
import type { Editor } from '../store/editor.ts'
import type { Cursor } from '../store/state.ts'

interface Named { readonly name: string }
type StateNamed<S extends Named, N extends S['name']> = Extract<S, { name: N }>

/** One state of a tool's chart. Its data is plain; what it does is here. */
export interface StateNode<S extends Named, N extends S['name']> {
  /** Answers the next state, the same one to stay, or undefined when the event is not for this tool. */
  handle(data: StateNamed<S, N>, event: InputEvent, editor: Editor): S | undefined
  cursor(data: StateNamed<S, N>, editor: Editor): Cursor
}

/** A tool as a state chart: where it starts and what each state does. */
export interface ToolChart<S extends Named> {
  readonly initial: S
  readonly states: { readonly [N in S['name']]: StateNode<S, N> }
}

/** A tool in use. */
export interface RunningTool {
  /** False when the tool had no use for the event. */
  dispatch(event: InputEvent): boolean
  stateName(): string
  cursor(): Cursor
}

/** Puts a tool to use in an editor, in its initial state. */
export function runTool<S extends Named>(chart: ToolChart<S>, editor: Editor): RunningTool {
  let current = chart.initial
  // The chart's type ties each name to its node, which indexing by a union cannot express.
  const node = () => chart.states[current.name as S['name']] as StateNode<S, S['name']>
  const data = () => current as StateNamed<S, S['name']>
  return {
    dispatch(event) {
      const next = node().handle(data(), event, editor)
      if (next === undefined) return false
      current = next
      return true
    },
    stateName: () => current.name,
    cursor: () => node().cursor(data(), editor),
  }
}

/** How far the pointer may stray (CSS pixels) before pressing becomes dragging. */
const DRAG_DISTANCE = 4

/** Whether the pointer has moved far enough from where it was pressed. */
export function isDrag(start: { readonly screen: readonly [number, number] }, now: { readonly screen: readonly [number, number] }): boolean {
  return Math.hypot(now.screen[0] - start.screen[0], now.screen[1] - start.screen[1]) >= DRAG_DISTANCE
}
