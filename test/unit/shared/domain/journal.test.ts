import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { replayHistory } from '../../../../shared/domain/journal.ts'
import type { JournalStep } from '../../../../shared/domain/journal.ts'

describe('replayHistory', () => {
  it('moves undone lines to the redo stack and back', () => {
    const steps: JournalStep[] = [{ kind: 'edit', seq: 1 }, { kind: 'edit', seq: 2 }, { kind: 'undo', seq: 3, target: 2 }, { kind: 'undo', seq: 4, target: 1 }, { kind: 'redo', seq: 5, target: 1 }]
    expect(replayHistory(steps)).toEqual({ undo: [1], redo: [2] })
  })

  it('forgets what could be redone when there is new work', () => {
    expect(replayHistory([{ kind: 'edit', seq: 1 }, { kind: 'undo', seq: 2, target: 1 }, { kind: 'edit', seq: 3 }])).toEqual({ undo: [3], redo: [] })
  })

  it.each<[string, JournalStep[]]>([
    ['undoes another line than the newest', [{ kind: 'edit', seq: 1 }, { kind: 'edit', seq: 2 }, { kind: 'undo', seq: 3, target: 1 }]],
    ['undoes when there is nothing', [{ kind: 'undo', seq: 1, target: 1 }]],
    ['redoes what was not undone', [{ kind: 'edit', seq: 1 }, { kind: 'redo', seq: 2, target: 1 }]],
    ['redoes after new work', [{ kind: 'edit', seq: 1 }, { kind: 'undo', seq: 2, target: 1 }, { kind: 'edit', seq: 3 }, { kind: 'redo', seq: 4, target: 1 }]],
  ])('refuses a journal that %s', (_, steps) => {
    expect(() => replayHistory(steps)).toThrow(RangeError)
  })

  it('agrees with an editor that undoes and redoes at will', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('edit', 'undo', 'redo'), { maxLength: 60 }), (wishes) => {
      const steps: JournalStep[] = []
      let undo: number[] = []
      let redo: number[] = []
      for (const kind of wishes) {
        const seq = steps.length + 1
        const target = (kind === 'undo' ? undo : redo).at(-1)
        if (kind === 'edit') { steps.push({ kind, seq }); undo = [...undo, seq]; redo = [] } else if (target !== undefined) {
          steps.push({ kind, seq, target })
          if (kind === 'undo') { undo = undo.slice(0, -1); redo = [...redo, target] } else { redo = redo.slice(0, -1); undo = [...undo, target] }
        }
      }
      expect(replayHistory(steps)).toEqual({ undo, redo })
    }), { verbose: true })
  })
})
