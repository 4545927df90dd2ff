/** After this long without a sign of the person, time on a task no longer counts; milliseconds. */
export const IDLE_MS = 60_000

/** A line of the edit journal without what it changed; `JournalEntry` is one. */
export type JournalStep = { kind: 'edit'; seq: number } | { kind: 'undo' | 'redo'; seq: number; target: number }

/** The journal lines that can be undone and redone, newest last. */
export interface HistoryStacks { undo: number[]; redo: number[] }

/**
 * Moves the stacks on by one line, in place: new work empties the redo stack; only the newest undoable line can be undone, only the last undone redone.
 * @throws RangeError when the line undoes or redoes another one than that; the stacks are unchanged then.
 */
export function stepHistory(stacks: HistoryStacks, step: JournalStep): void {
  if (step.kind === 'edit') {
    stacks.undo.push(step.seq)
    stacks.redo = []
    return
  }
  const [from, to] = step.kind === 'undo' ? [stacks.undo, stacks.redo] : [stacks.redo, stacks.undo]
  if (from.at(-1) !== step.target) throw new RangeError(`Line ${step.seq} wants to ${step.kind} line ${step.target}, but ${from.at(-1) ?? 'none'} is next`)
  from.pop()
  to.push(step.target)
}

/** The undo and redo stacks that a journal leads to. @throws RangeError when the journal is not a possible one. */
export function replayHistory(steps: Iterable<JournalStep>): HistoryStacks {
  const stacks: HistoryStacks = { undo: [], redo: [] }
  for (const step of steps) stepHistory(stacks, step)
  return stacks
}
