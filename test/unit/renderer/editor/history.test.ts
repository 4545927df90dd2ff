import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDiff } from '../../../../shared/diff/recordsDiff.ts'
import type { DraftRecord } from '../../../../shared/domain/draft.ts'
import { DraftDiffSchema } from '../../../../shared/domain/draft.ts'
import { encodeMask } from '../../../../shared/geometry/mask.ts'
import { commandsFor } from '../../../../renderer/editor/commands/commands.ts'
import { createSpatialIndex } from '../../../../renderer/editor/store/spatialIndex.ts'
import { holdsInTime } from '../../../builders/property.ts'
import { aPrediction, aShape } from '../../../builders/records.ts'
import { EditorDriver, rectangle, SCHEMA, settled } from './editorDriver.ts'

const WHOLE = { x: -1e6, y: -1e6, width: 2e6, height: 2e6 }

describe('undo and redo', () => {
  it('takes edits back and brings them again, naming the line that was first made', () => {
    const driver = new EditorDriver({ journalSeq: 41 }).tool('rectangle').drag([10, 10], [50, 50]).drag([60, 60], [90, 90])
    expect(driver.state.history).toEqual({ canUndo: true, canRedo: false, undoName: 'addShape', redoName: undefined })
    driver.run('edit.undo')
    driver.run('edit.undo')
    driver.run('edit.redo')
    driver.run('edit.undo')
    expect(driver.lines.map(({ line, seq }) => [seq, line.kind, line.kind === 'edit' ? line.name : line.target])).toEqual([
      [42, 'edit', 'addShape'], [43, 'edit', 'addShape'], [44, 'undo', 43], [45, 'undo', 42], [46, 'redo', 42], [47, 'undo', 42],
    ])
    expect(driver.state).toMatchObject({ shapes: [], journalSeq: 47, savedSeq: 41, history: { canUndo: false, canRedo: true } })
  })

  it('can no longer redo after new work', () => {
    const driver = new EditorDriver().tool('rectangle').drag([10, 10], [50, 50])
    driver.run('edit.undo')
    driver.drag([60, 60], [90, 90])
    expect(driver.state.history.canRedo).toBe(false)
    expect(driver.run('edit.redo')).toBe(false)
  })

  it('goes on where the last session ended', () => {
    const first = new EditorDriver().tool('rectangle').drag([10, 10], [50, 50]).drag([60, 60], [90, 90])
    first.run('edit.undo')
    const [one, two] = first.lines
    if (one?.line.kind !== 'edit' || two?.line.kind !== 'edit') throw new Error('Two edits come first')
    const second = new EditorDriver({
      records: [...first.state.records.values()], journalSeq: 3,
      undo: [{ seq: 1, name: 'addShape', diff: one.line.diff }], redo: [{ seq: 2, name: 'addShape', diff: two.line.diff }],
    })
    second.run('edit.redo')
    second.run('edit.undo')
    second.run('edit.undo')
    expect(second.shapes).toEqual([])
    expect(second.lines.map(({ line, seq }) => [seq, line.kind, line.kind === 'edit' ? '' : line.target])).toEqual([[4, 'redo', 2], [5, 'undo', 2], [6, 'undo', 1]])
  })

  it('selects what it brings back', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 10, 10, 50, 50)] }).select('a')
    driver.run('edit.delete')
    expect(driver.selection).toEqual([])
    driver.run('edit.undo')
    expect(driver.selection).toEqual(['a'])
  })

  it('gives a gesture up before a command changes what it holds', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 10, 10, 50, 50)] }).dragWithoutRelease([30, 30], [90, 90])
    driver.run('edit.delete')
    driver.up(90, 90)
    expect(driver.state).toMatchObject({ preview: undefined, toolState: 'idle' })
    expect(driver.edits).toEqual([])
  })

  it('takes back what was committed since a mark', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 10, 10, 50, 50)] }).select('a')
    const mark = driver.editor.mark()
    driver.run('edit.duplicate')
    driver.run('edit.delete')
    driver.editor.bail(mark)
    expect(driver.shapes.map((shape) => shape.id)).toEqual(['a'])
    expect(driver.selection).toEqual(['a'])
  })

  it('knows how far the engine has stored', () => {
    const driver = new EditorDriver().tool('rectangle').drag([10, 10], [50, 50]).drag([60, 60], [90, 90])
    driver.editor.acknowledge(1)
    expect(driver.state).toMatchObject({ journalSeq: 2, savedSeq: 1 })
    driver.editor.acknowledge(2)
    driver.editor.acknowledge(1)
    expect(driver.state.savedSeq).toBe(2)
  })

  it('opens a task with a mask that cannot be read, which can still be deleted', () => {
    const broken = aShape({ id: 'broken', geometry: { kind: 'mask', rle: { size: [800, 1000], counts: 'nonsense' } } })
    const driver = new EditorDriver({ records: [broken, rectangle('a', 10, 10, 50, 50)] })
    expect(driver.click(30, 30).selection).toEqual(['a'])
    driver.select('broken')
    driver.run('edit.delete')
    expect(driver.shapes.map((shape) => shape.id)).toEqual(['a'])
  })

  it('tells listeners until they stop listening', () => {
    const driver = new EditorDriver().tool('rectangle')
    const heard: number[] = []
    const stop = driver.editor.onCommit((_, seq) => { heard.push(seq) })
    driver.drag([10, 10], [50, 50])
    stop()
    driver.drag([60, 60], [90, 90])
    expect(heard).toEqual([1])
  })
})

type Act = (driver: EditorDriver) => void
const place = fc.tuple(fc.integer({ min: -50, max: 1050 }), fc.integer({ min: -50, max: 850 }))
const held = fc.record({ shift: fc.boolean(), alt: fc.boolean(), mod: fc.boolean() })
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...commandsFor(SCHEMA).map(({ id }) => id)).map((command): Act => (driver) => { driver.run(command) }) },
  { weight: 3, arbitrary: fc.tuple(place, place, held).map(([from, to, keys]): Act => (driver) => { driver.drag(from, to, keys) }) },
  { weight: 4, arbitrary: fc.tuple(place, held).map(([[x, y], keys]): Act => (driver) => { driver.click(x, y, keys) }) },
  { weight: 1, arbitrary: place.map(([x, y]): Act => (driver) => { driver.doubleClick(x, y) }) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom('Enter', 'Escape', 'Backspace', 'ArrowUp', 'Tab', ' '), held).map(([key, keys]): Act => (driver) => { driver.key(key, keys) }) },
)
const START: readonly DraftRecord[] = [
  rectangle('a', 100, 100, 300, 200),
  aShape({ id: 'p', geometry: { kind: 'polygon', rings: [[[500, 100], [800, 100], [650, 400]], [[600, 150], [650, 150], [640, 200]]] } }),
  aShape({ id: 'l', geometry: { kind: 'polyline', points: [[10, 10], [500, 20], [600, 700]] } }),
  aShape({ id: 'r', geometry: { kind: 'rotatedRectangle', cx: 500, cy: 500, width: 200, height: 100, rotation: 30 } }),
  aShape({ id: 'e', geometry: { kind: 'ellipse', cx: 700, cy: 600, rx: 100, ry: 60, rotation: 10 } }),
  aShape({ id: 'o', classId: 'sign', geometry: { kind: 'point', x: 50, y: 700 } }),
  aShape({ id: 'm', geometry: { kind: 'mask', rle: encodeMask(Uint8Array.from({ length: 800_000 }, (_, at) => Number(at % 1000 < 300 && at > 500_000 && at < 600_000)), 1000, 800) } }),
  aShape({ id: 's', classId: 'face', geometry: { kind: 'skeleton', points: [{ x: 850, y: 100, visibility: 2 }, { x: 950, y: 100, visibility: 1 }, { x: 900, y: 200, visibility: 2 }] } }),
]

describe('any sequence of gestures and commands', () => {
  it('is undone to the start, redone to the end, and replayed from the journal; the index follows', async () => {
    await holdsInTime('random editing', fc.asyncProperty(fc.array(act, { maxLength: 40 }), async (acts) => {
      const predictions = [aPrediction({ shapes: [1, 2, 3].map((number) => ({
        id: `predicted-${number}`, classId: 'person', confidence: number / 4, geometry: { kind: 'rectangle', x: 100 * number, y: 500, width: 80, height: 80 },
      })) })]
      const driver = new EditorDriver({ records: START, predictions })
      for (const each of acts) {
        each(driver)
        // Work on surfaces comes back a moment later.
        await Promise.resolve()
      }
      driver.editor.dispatch({ type: 'cancel' })
      await settled()
      const end = Object.fromEntries(driver.state.records)

      while (driver.editor.redo());
      const last = Object.fromEntries(driver.state.records)
      while (driver.editor.undo());
      expect(Object.fromEntries(driver.state.records)).toEqual(Object.fromEntries(START.map((record) => [record.id, record])))
      while (driver.editor.redo());
      expect(Object.fromEntries(driver.state.records)).toEqual(last)

      const replayed = new Map<string, DraftRecord>(START.map((record) => [record.id, record]))
      const seen: unknown[] = []
      for (const { line } of driver.lines) {
        applyDiff(replayed, DraftDiffSchema.parse(line.diff))
        seen.push(Object.fromEntries(replayed))
      }
      expect(Object.fromEntries(replayed)).toEqual(last)
      expect([Object.fromEntries(START.map((record) => [record.id, record])), ...seen]).toContainEqual(end)
      expect(driver.lines.map(({ seq }) => seq)).toEqual(driver.lines.map((_, index) => index + 1))
      expect(driver.editor.shapeIndex.search(WHOLE).sort()).toEqual(driver.shapes.map((shape) => shape.id).sort())
      for (const shape of driver.shapes) {
        const near = createSpatialIndex([shape])
        const box = { x: 300, y: 300, width: 200, height: 200 }
        expect(driver.editor.shapeIndex.search(box).includes(shape.id)).toBe(near.search(box).length === 1)
      }
    }), 150)
  })
})
