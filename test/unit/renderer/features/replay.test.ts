import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Replay } from '../../../../renderer/features/timeTravel/replay.ts'
import { createEditor } from '../../../../renderer/editor/store/createEditor.ts'
import { A_LABEL_SCHEMA, aShape, taskId } from '../../../builders/records.ts'
import { instantOf, ShapeIdSchema, UserIdSchema } from '../../../../shared/domain/ids.ts'
import type { TimelineState } from '../../../../shared/rpc/timeline.ts'

const reference = { taskId: taskId('task-1'), source: { kind: 'own' as const } }

function anEditor() {
  return createEditor({
    open: {
      records: [], predictions: [], undo: [], redo: [], journalSeq: 0, schema: A_LABEL_SCHEMA, imageSize: { width: 640, height: 480 },
      user: UserIdSchema.parse('nobody'), readOnly: true, threshold: 1,
    },
    now: () => instantOf(0), newId: () => ShapeIdSchema.parse('none'),
  })
}

/** A journal that draws one shape after the other; each answer waits until it is let go. */
function anEngine() {
  const asked: { position: number; since: number }[] = []
  const waiting: (() => void)[] = []
  const answer = ({ position, since }: { position: number; since: number }): TimelineState => ({
    position, touched: position === 0 ? [] : [`shape-${position}`],
    removed: since > position ? [aShape({ id: `shape-${position + 1}` })] : [],
    set: Array.from({ length: Math.max(0, position - since) }, (_, place) => aShape({ id: `shape-${since + place + 1}`, order: since + place })),
    gone: Array.from({ length: Math.max(0, since - position) }, (_, place) => `shape-${position + place + 1}`),
  })
  return {
    asked,
    letGo: async () => { waiting.shift()?.(); await vi.advanceTimersByTimeAsync(0) },
    request: (_channel: string, payload: { position: number; since: number }) => {
      asked.push({ position: payload.position, since: payload.since })
      return new Promise<never>((resolve) => { waiting.push(() => { resolve(answer(payload) as never) }) })
    },
  }
}

function aReplay(total = 100) {
  const engine = anEngine()
  const editor = anEditor()
  return { engine, editor, replay: new Replay(engine as never, reference, editor, total) }
}

const shapesIn = (editor: ReturnType<typeof anEditor>) => editor.state.getState().shapes.map(({ id }) => id)

describe('Replay', () => {
  beforeEach(() => { vi.useFakeTimers() })
  afterEach(() => { vi.useRealTimers() })

  it('fetches only the latest position that was asked for while an answer was on its way', async () => {
    const { engine, editor, replay } = aReplay()
    for (const position of [1, 2, 3, 4, 3]) replay.seek(position)
    expect(engine.asked).toEqual([{ position: 1, since: 0 }])
    await engine.letGo()
    expect(engine.asked).toEqual([{ position: 1, since: 0 }, { position: 3, since: 1 }])
    await engine.letGo()
    expect(shapesIn(editor)).toEqual(['shape-1', 'shape-2', 'shape-3'])
    expect(replay.state.getState()).toMatchObject({ position: 3, shown: 3 })
    expect(engine.asked).toHaveLength(2)
  })

  it('goes back, selects what the edit touched, and stays within the journal', async () => {
    const { engine, editor, replay } = aReplay(5)
    replay.seek(99)
    await engine.letGo()
    replay.seek(2)
    await engine.letGo()
    expect(shapesIn(editor)).toEqual(['shape-1', 'shape-2'])
    expect([...editor.state.getState().selection]).toEqual(['shape-2'])
    expect(editor.state.getState().removed.map(({ id }) => id)).toEqual(['shape-3'])
    replay.seek(3)
    await engine.letGo()
    expect(editor.state.getState().removed).toEqual([])
    replay.seek(-1)
    await engine.letGo()
    expect(shapesIn(editor)).toEqual([])
    expect(editor.commit('addShape', { added: { x: aShape({ id: 'x' }) }, updated: {}, removed: {} })).toBe(false)
    expect(editor.state.getState().history.canUndo).toBe(false)
  })

  it('plays at the speed that was chosen, and stops at the end', async () => {
    const { engine, replay } = aReplay(3)
    replay.setSpeed(2)
    replay.play()
    for (const position of [1, 2, 3]) {
      await vi.advanceTimersByTimeAsync(500)
      expect(replay.state.getState().position).toBe(position)
      await engine.letGo()
    }
    await vi.advanceTimersByTimeAsync(500)
    expect(replay.state.getState().playing).toBe(false)
    replay.play()
    expect(replay.state.getState()).toMatchObject({ position: 0, playing: true })
    replay.pause()
  })

  it('does not run ahead of what can be drawn', async () => {
    const { engine, replay } = aReplay(100)
    replay.setSpeed(100)
    replay.play()
    await vi.advanceTimersByTimeAsync(1000)
    expect(replay.state.getState().position).toBe(5)
    await engine.letGo()
    await vi.advanceTimersByTimeAsync(60)
    expect(replay.state.getState().position).toBe(10)
    replay.pause()
  })
})
