import { describe, expect, it } from 'vitest'
import { EditorDriver } from './editorDriver.ts'

describe('point tool', () => {
  it('places a point where the button is let go', () => {
    const driver = new EditorDriver().tool('point').down(100, 100).move(104, 98)
    expect(driver.state.preview).toMatchObject({ kind: 'drawing', geometry: { kind: 'point', x: 104, y: 98 } })
    driver.up(104, 98)
    expect(driver.shapes[0]).toMatchObject({ classId: 'person', geometry: { kind: 'point', x: 104, y: 98 } })
  })

  it('gives up on Escape', () => {
    const driver = new EditorDriver().tool('point').down(100, 100)
    driver.key('Escape')
    driver.up(100, 100)
    expect(driver.shapes).toEqual([])
  })

  it('takes the class used last that allows points', () => {
    const driver = new EditorDriver().tool('point')
    driver.run('classes.sign')
    driver.click(10, 10)
    driver.run('tools.rectangle')
    driver.run('classes.car')
    driver.drag([50, 50], [90, 90])
    driver.tool('point').click(20, 20)
    expect(driver.shapes.map((shape) => shape.classId)).toEqual(['sign', 'car', 'sign'])
  })

  it('says so when no class allows points', () => {
    const driver = new EditorDriver()
    const noPoints = { ...driver.editor.schema, classes: driver.editor.schema.classes.slice(0, 1) }
    const other = new EditorDriver({ schema: noPoints }).tool('point').click(5, 5)
    expect(other.shapes).toEqual([])
    expect(other.state.message?.key).toBe('editor.message.noClassForTool')
  })
})
