import { describe, expect, it } from 'vitest'
import { UPRIGHT } from '../../../../shared/geometry/camera.ts'
import { EditorDriver } from './editorDriver.ts'

const polygon = () => new EditorDriver().tool('polygon')
const OUTLINE = [[100, 100], [200, 100], [200, 200]]

describe('polygon tool', () => {
  it('adds a vertex with every click and closes on the first one', () => {
    const driver = polygon().click(100, 100).click(200, 100).click(200, 200).move(103, 102)
    expect(driver.state.preview).toMatchObject({ kind: 'path', closing: true, closed: true })
    expect(driver.state.cursor).toBe('pointer')
    driver.click(103, 102)
    expect(driver.shapes[0]?.geometry).toEqual({ kind: 'polygon', rings: [OUTLINE] })
    expect(driver.edits).toEqual(['addShape'])
    expect(driver.state.toolState).toBe('idle')
  })

  it('closes on Enter', () => {
    const driver = polygon().click(100, 100).click(200, 100).click(200, 200)
    expect(driver.key('Enter')).toBe(true)
    expect(driver.shapes[0]?.geometry).toEqual({ kind: 'polygon', rings: [OUTLINE] })
  })

  it('closes on a double click, whose second click adds no vertex', () => {
    const driver = polygon().click(100, 100).click(200, 100).doubleClick(200, 200)
    expect(driver.shapes[0]?.geometry).toEqual({ kind: 'polygon', rings: [OUTLINE] })
  })

  it('does not close with two vertices', () => {
    const driver = polygon().click(100, 100).click(200, 100)
    driver.key('Enter')
    driver.click(101, 101)
    expect(driver.shapes).toEqual([])
    expect(driver.state.preview).toMatchObject({ points: [[100, 100], [200, 100], [101, 101]] })
  })

  it('follows the pointer with the edge under way', () => {
    const driver = polygon().click(100, 100).move(150, 160)
    expect(driver.state.preview).toMatchObject({ points: [[100, 100]], cursor: [150, 160], closing: false })
  })

  it('takes the last vertex back with Backspace, and undo does the same', () => {
    const driver = polygon().click(100, 100).click(200, 100).click(300, 300)
    driver.key('Backspace')
    driver.run('edit.undo')
    expect(driver.state.preview).toMatchObject({ points: [[100, 100]] })
    driver.key('Backspace')
    expect(driver.state).toMatchObject({ preview: undefined, toolState: 'idle' })
  })

  it('backs out one vertex on Escape, then gives up', () => {
    const driver = polygon().click(100, 100).click(200, 100).click(300, 300)
    driver.key('Escape')
    expect(driver.state.preview).toMatchObject({ points: [[100, 100], [200, 100]] })
    driver.key('Escape')
    expect(driver.state).toMatchObject({ preview: undefined, toolState: 'idle' })
    expect(driver.lines).toEqual([])
  })

  it('is panned with the middle button without losing a vertex', () => {
    const driver = polygon().click(100, 100).click(200, 100)
    driver.drag([500, 500], [400, 450], { button: 'middle' })
    expect(driver.state.camera).not.toEqual({ ...UPRIGHT, x: 0, y: 0, zoom: 1 })
    expect(driver.state.preview).toMatchObject({ points: [[100, 100], [200, 100]] })
  })

  it('drops a polygon without area', () => {
    const driver = polygon().click(100, 100).click(200, 200).click(300, 300)
    driver.key('Enter')
    expect(driver.shapes).toEqual([])
  })
})

describe('polyline tool', () => {
  it('ends on Enter and stays open', () => {
    const driver = new EditorDriver().tool('polyline').click(100, 100).click(200, 100).click(200, 200).click(101, 101)
    driver.key('Enter')
    expect(driver.shapes[0]).toMatchObject({ classId: 'person', geometry: { kind: 'polyline', points: [...OUTLINE, [101, 101]] } })
  })
})
