import { describe, expect, it } from 'vitest'
import { takeOver } from '../../../../renderer/editor/actions/clipboardActions.ts'
import { ClassIdSchema } from '../../../../shared/domain/ids.ts'
import { aShape } from '../../../builders/records.ts'
import { EditorDriver, SCHEMA, rectangle } from './editorDriver.ts'

const open = () => new EditorDriver({ records: [rectangle('a', 100, 100, 50, 50), rectangle('b', 300, 300, 20, 20)] })
const boxes = (driver: EditorDriver) => driver.shapes.map(({ geometry }) => (geometry.kind === 'rectangle' ? [geometry.x, geometry.y, geometry.width, geometry.height] : geometry.kind))

describe('copy and paste', () => {
  it('puts copies beside what lies at their place, again and again, and selects them', () => {
    const driver = open().select('a')
    driver.run('edit.copy')
    driver.run('edit.paste')
    driver.run('edit.paste')
    expect(boxes(driver).slice(2)).toEqual([[110, 110, 50, 50], [120, 120, 50, 50]])
    expect(driver.selection).toEqual(['new-2'])
    expect(driver.edits).toEqual(['pasteShape', 'pasteShape'])
  })

  it('brings back at the same place what was cut', () => {
    const driver = open().select('a')
    driver.run('edit.cut')
    expect(driver.shapes).toHaveLength(1)
    driver.run('edit.paste')
    expect(boxes(driver)[1]).toEqual([100, 100, 50, 50])
    expect(driver.edits).toEqual(['cutShape', 'pasteShape'])
  })

  it('goes from task to task, onto the other image and as human work', () => {
    const source = new EditorDriver({ records: [aShape({ id: 'a', geometry: { kind: 'rectangle', x: 500, y: 20, width: 300, height: 300 }, attributes: {} }), rectangle('b', 10, 10, 20, 20)] })
    source.run('edit.selectAll')
    source.run('edit.copy')
    const target = new EditorDriver({ imageSize: { width: 400, height: 200 } }, undefined, source.editor.clipboard)
    target.run('edit.paste')
    expect(boxes(target)).toEqual([[100, 0, 300, 200], [10, 10, 20, 20]])
    expect(target.shapes.map(({ provenance }) => provenance.source)).toEqual(['human', 'human'])
    expect(target.edits).toEqual(['pasteShape'])
  })

  it('refuses what the other label schema does not know, and says so', () => {
    const source = open().select('a', 'b')
    source.run('edit.copy')
    const target = new EditorDriver({ schema: { ...SCHEMA, classes: SCHEMA.classes.filter(({ id }) => id !== 'person') } }, undefined, source.editor.clipboard)
    target.run('edit.paste')
    expect(target.shapes).toEqual([])
    expect(target.state.message).toMatchObject({ key: 'editor.message.classRefused', params: { name: 'person' } })
  })

  it('knows classes by their name where their ids differ', () => {
    const source = open().select('a')
    source.run('edit.copy')
    const classes = SCHEMA.classes.map((labelClass) => (labelClass.id === 'person' ? { ...labelClass, id: ClassIdSchema.parse('17') } : labelClass))
    const target = new EditorDriver({ schema: { ...SCHEMA, classes } }, undefined, source.editor.clipboard)
    target.run('edit.paste')
    expect(target.shapes.map(({ classId }) => classId)).toEqual(['17'])
  })

  it('says so when the clipboard holds something else', () => {
    const driver = new EditorDriver({}, undefined, { mayHoldShapes: () => true, read: (take) => { take(undefined) }, write: () => {} })
    driver.run('edit.paste')
    expect([driver.lines, driver.state.message?.key]).toEqual([[], 'editor.message.noShapesCopied'])
  })

  it('has nothing to paste at first', () => {
    expect(open().run('edit.paste')).toBe(false)
  })
})

describe('taking over the shapes of another task', () => {
  it('is one edit, leaves out what is here already, and says when nothing is left', () => {
    const driver = open()
    const theirs = [rectangle('x', 100, 100, 50, 50), rectangle('y', 400, 400, 10, 10)]
    expect(takeOver(driver.editor, theirs)).toBe(true)
    expect(boxes(driver)).toEqual([[100, 100, 50, 50], [300, 300, 20, 20], [400, 400, 10, 10]])
    expect(driver.edits).toEqual(['pastePrevious'])
    expect(takeOver(driver.editor, theirs)).toBe(false)
    expect(driver.state.message).toMatchObject({ key: 'editor.message.nothingToTake' })
    driver.run('edit.undo')
    expect(driver.shapes).toHaveLength(2)
  })
})
