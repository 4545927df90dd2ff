import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDiff } from '../../../../shared/diff/recordsDiff.ts'
import type { DraftRecord } from '../../../../shared/domain/draft.ts'
import { DraftDiffSchema } from '../../../../shared/domain/draft.ts'
import { createSpatialIndex } from '../../../../renderer/editor/store/spatialIndex.ts'
import { holds } from '../../../builders/property.ts'
import { aPrediction, aShape } from '../../../builders/records.ts'
import { EditorDriver, rectangle } from './editorDriver.ts'

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
const commands = ['edit.undo', 'edit.redo', 'edit.delete', 'edit.duplicate', 'edit.selectAll', 'edit.bringToFront', 'edit.sendToBack', 'edit.nudgeLeft',
  'objects.next', 'objects.lock', 'objects.hide', 'predictions.accept', 'predictions.reject', 'predictions.acceptAll', 'predictions.rejectAll',
  'predictions.lowerThreshold', 'classes.person', 'classes.car', 'tools.select', 'tools.rectangle', 'tools.polygon', 'tools.point'] as const
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom(...commands).map((command): Act => (driver) => { driver.run(command) }),
  fc.tuple(place, place, fc.boolean()).map(([from, to, shift]): Act => (driver) => { driver.drag(from, to, { shift }) }),
  fc.tuple(place, fc.boolean()).map(([[x, y], alt]): Act => (driver) => { driver.click(x, y, { alt }) }),
  fc.constantFrom('Enter', 'Escape', 'Backspace', 'ArrowUp').map((key): Act => (driver) => { driver.key(key) }),
)
const START: readonly DraftRecord[] = [rectangle('a', 100, 100, 300, 200), aShape({ id: 'p', geometry: { kind: 'polygon', rings: [[[500, 100], [800, 100], [650, 400]]] } })]

describe('any sequence of gestures and commands', () => {
  it('is undone to the start, redone to the end, and replayed from the journal; the index follows', () => {
    holds('random editing', fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const predictions = [aPrediction({ shapes: [1, 2, 3].map((number) => ({
        id: `predicted-${number}`, classId: 'person', confidence: number / 4, geometry: { kind: 'rectangle', x: 100 * number, y: 500, width: 80, height: 80 },
      })) })]
      const driver = new EditorDriver({ records: START, predictions })
      for (const each of acts) each(driver)
      driver.editor.dispatch({ type: 'cancel' })
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
