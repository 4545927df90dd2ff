import { describe, expect, it } from 'vitest'
import { previewFault } from '../../../../renderer/editor/store/previewFault.ts'
import { LabelSchemaSchema } from '../../../../shared/domain/labelSchema.ts'
import { A_LABEL_SCHEMA, aPrediction, aShape } from '../../../builders/records.ts'
import { EditorDriver } from './editorDriver.ts'

const schema = LabelSchemaSchema.parse({ ...A_LABEL_SCHEMA, classes: A_LABEL_SCHEMA.classes.map((labelClass) => ({ ...labelClass, minSize: 8 })) })
const box = (x: number, width = 100) => ({ kind: 'rectangle', x, y: 10, width, height: 100 })
const car = (id: string, order: number, fields = {}) => aShape({ id, order, classId: 'car', geometry: box(100 * order), attributes: { view: 'side' }, ...fields })
const open = (...records: ReturnType<typeof aShape>[]) => new EditorDriver({ records, schema })
const rulesOf = (driver: EditorDriver) => Object.fromEntries([...driver.state.problems].map(([id, violations]) => [id, violations.map(({ rule }) => rule)]))

describe('problems of shapes', () => {
  it('are found a few at a time in what was there from the start', () => {
    const driver = open(car('a', 1, { attributes: {} }), car('b', 2), car('c', 3, { geometry: box(300, 4) }))
    expect(rulesOf(driver)).toEqual({})
    expect(driver.editor.checkMore(2)).toBe(false)
    expect(rulesOf(driver)).toEqual({ a: ['attributeRequired'] })
    expect(driver.editor.checkMore(2)).toBe(true)
    expect(rulesOf(driver)).toEqual({ a: ['attributeRequired'], c: ['tooSmall'] })
  })

  it('come and go with every edit, undo and redo', () => {
    const driver = open()
    driver.tool('rectangle').drag([10, 10], [200, 200])
    expect(rulesOf(driver)).toEqual({ 'new-1': ['attributeRequired'] })
    driver.run('attributes.1')
    expect(driver.shape('new-1').attributes).toMatchObject({ view: 'front' })
    expect(rulesOf(driver)).toEqual({})
    driver.run('edit.undo')
    expect(rulesOf(driver)).toEqual({ 'new-1': ['attributeRequired'] })
    driver.run('edit.undo')
    expect(rulesOf(driver)).toEqual({})
  })

  it('warn of an outline that crosses itself, and of one that does so while it is drawn', () => {
    const driver = open().tool('polygon')
    driver.click(100, 100).click(300, 100).click(100, 300).move(400, 300)
    const { preview } = driver.state
    expect(preview && previewFault(driver.editor, preview)).toBe('selfIntersection')
    driver.click(400, 300).key('Enter')
    expect(rulesOf(driver)).toEqual({ 'new-1': ['selfIntersection', 'attributeRequired'] })
  })

  it('are led to one by one, round and round, and brought into sight', () => {
    const driver = open(car('a', 1, { attributes: {} }), car('b', 2), car('c', 3, { attributes: {} }))
    driver.editor.checkMore(10)
    driver.editor.look({ x: 600, y: 500, zoom: 10, rotation: 0, flipped: false })
    driver.run('objects.nextProblem')
    expect(driver.selection).toEqual(['a'])
    expect(driver.state.camera.x).toBeLessThan(100)
    driver.run('objects.nextProblem')
    expect(driver.selection).toEqual(['c'])
    driver.run('objects.nextProblem')
    expect(driver.selection).toEqual(['a'])
    driver.run('objects.previousProblem')
    expect(driver.selection).toEqual(['c'])
  })

  it('says so when there is none', () => {
    const driver = open(car('b', 2))
    driver.editor.checkMore(10)
    driver.run('objects.nextProblem')
    expect(driver.state.message?.key).toBe('editor.message.noProblem')
  })
})

describe('predictions that a model was unsure of', () => {
  it('are led to from the least sure one on, those already accepted included', () => {
    const shape = (id: string, confidence: number) => ({ id, classId: 'person', geometry: box(10), confidence })
    const driver = new EditorDriver({ schema, predictions: [aPrediction({ shapes: [shape('sure', 0.9), shape('unsure', 0.6), shape('middling', 0.7)] })] })
    driver.run('predictions.nextUnsure')
    expect(driver.state.selectedPrediction).toBe('unsure')
    driver.run('predictions.accept')
    expect(driver.shapes).toHaveLength(1)
    driver.select().editor.update({ selectedPrediction: undefined })
    driver.run('predictions.nextUnsure')
    expect(driver.selection).toEqual(['new-1'])
    driver.run('predictions.nextUnsure')
    expect(driver.state.selectedPrediction).toBe('middling')
    driver.run('predictions.previousUnsure')
    expect(driver.selection).toEqual(['new-1'])
  })
})

describe('attributes by key', () => {
  it('go through options and back to none unless one is required, and turn over a yes or no', () => {
    const driver = open(car('a', 1)).select('a')
    const view = () => driver.shape('a').attributes
    for (const expected of ['rear', 'front']) {
      driver.run('attributes.1')
      expect(view()).toMatchObject({ view: expected })
    }
    driver.run('attributes.3')
    expect(view()).toMatchObject({ parked: true })
    driver.run('attributes.3')
    expect(view()).toMatchObject({ parked: false })
    expect(driver.edits).toEqual(['setAttribute', 'setAttribute', 'setAttribute', 'setAttribute'])
  })

  it('asks for the field of a number or text', () => {
    const driver = open(car('a', 1)).select('a')
    driver.run('attributes.2')
    expect(driver.state.wantedField).toEqual({ attribute: 'doors' })
    expect(driver.edits).toEqual([])
  })

  it('has nothing to do without a selection of one class', () => {
    const driver = open(car('a', 1), aShape({ id: 'b', order: 2 }))
    expect(driver.run('attributes.1')).toBe(false)
    expect(driver.select('a', 'b').run('attributes.1')).toBe(false)
  })
})

describe('the class in hand', () => {
  it('is the one from before where the schema has it, else the first', () => {
    const inHand = (activeClassId: string) => new EditorDriver({ schema, activeClassId: activeClassId as never }).state.activeClassId
    expect(inHand('person')).toBe('person')
    expect(inHand('boat')).toBe('car')
  })
})
