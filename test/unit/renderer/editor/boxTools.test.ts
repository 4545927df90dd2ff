import { describe, expect, it } from 'vitest'
import { UPRIGHT } from '../../../../shared/geometry/camera.ts'
import { EditorDriver } from './editorDriver.ts'

describe('rectangle tool', () => {
  it('draws a box of the active class, selects it, and journals one edit', () => {
    const driver = new EditorDriver().tool('rectangle').drag([100, 50], [180, 120])
    expect(driver.shapes).toMatchObject([{
      id: 'new-1', classId: 'car', geometry: { kind: 'rectangle', x: 100, y: 50, width: 80, height: 70 },
      provenance: { source: 'human' }, attributes: { parked: false }, order: 1, createdBy: 'ada',
    }])
    expect(driver.selection).toEqual(['new-1'])
    expect(driver.edits).toEqual(['addShape'])
    expect(driver.state.tool).toBe('rectangle')
  })

  it('shows a preview while it is drawn and keeps nothing until the button is let go', () => {
    const driver = new EditorDriver().tool('rectangle').dragWithoutRelease([180, 120], [100, 50])
    expect(driver.state.preview).toMatchObject({ kind: 'drawing', classId: 'car', geometry: { x: 100, y: 50, width: 80, height: 70 } })
    expect(driver.state.toolState).toBe('drawing')
    expect(driver.lines).toEqual([])
  })

  it('gives up on Escape and restores the selection', () => {
    const driver = new EditorDriver().tool('rectangle').drag([10, 10], [50, 50]).dragWithoutRelease([100, 100], [200, 200])
    expect(driver.key('Escape')).toBe(true)
    driver.up(200, 200)
    expect(driver.shapes).toHaveLength(1)
    expect(driver.selection).toEqual(['new-1'])
    expect(driver.state).toMatchObject({ preview: undefined, toolState: 'idle' })
  })

  it('takes a click or a trembling hand for nothing', () => {
    const driver = new EditorDriver().tool('rectangle').click(10, 10).drag([10, 10], [12, 11])
    expect(driver.shapes).toEqual([])
  })

  it('is cut to the image, from wherever it begins', () => {
    const driver = new EditorDriver().tool('rectangle').drag([-20, -30], [1200, 900])
    expect(driver.shapes[0]?.geometry).toEqual({ kind: 'rectangle', x: 0, y: 0, width: 1000, height: 800 })
  })

  it('draws a square with Shift and from the centre with Alt', () => {
    const driver = new EditorDriver().tool('rectangle').drag([100, 100], [140, 120], { shift: true }).drag([500, 500], [510, 520], { alt: true })
    expect(driver.shapes.map((shape) => shape.geometry)).toEqual([
      { kind: 'rectangle', x: 100, y: 100, width: 40, height: 40 },
      { kind: 'rectangle', x: 490, y: 480, width: 20, height: 40 },
    ])
  })

  it('works at any zoom', () => {
    const driver = new EditorDriver().tool('rectangle')
    driver.editor.look({ ...UPRIGHT, x: 400, y: 300, zoom: 20 })
    driver.drag([410, 310], [411, 310.5])
    expect(driver.shapes[0]?.geometry).toMatchObject({ x: 410, y: 310, width: 1, height: 0.5 })
  })

  it('draws nothing in a read-only task and says so', () => {
    const driver = new EditorDriver({ readOnly: true }).tool('rectangle').drag([10, 10], [90, 90])
    expect(driver.shapes).toEqual([])
    expect(driver.state.message).toMatchObject({ key: 'editor.message.readOnly' })
    expect(driver.state.cursor).toBe('not-allowed')
  })
})

describe('a rectangle by its outermost places', () => {
  const started = () => new EditorDriver().tool('rectangle').click(150, 50).click(100, 90)

  it('is put around four clicks in any order, and grows as they are made', () => {
    const driver = started().move(120, 120)
    expect(driver.state.preview).toMatchObject({
      geometry: { kind: 'rectangle', x: 100, y: 50, width: 50, height: 70 }, dots: [[150, 50], [100, 90]], hint: { key: 'editor.hint.extremes', params: { number: '3' } },
    })
    driver.click(130, 140).click(180, 80)
    expect(driver.shapes.map(({ geometry }) => geometry)).toEqual([{ kind: 'rectangle', x: 100, y: 50, width: 80, height: 90 }])
    expect(driver.edits).toEqual(['addShape'])
  })

  it('ends early with Enter, where a corner is two sides at once', () => {
    const driver = started()
    driver.key('Enter')
    expect(driver.shapes[0]?.geometry).toEqual({ kind: 'rectangle', x: 100, y: 50, width: 50, height: 40 })
  })

  it('steps back click by click with Escape', () => {
    const driver = started()
    driver.key('Escape')
    expect(driver.state.preview).toMatchObject({ dots: [[150, 50]] })
    driver.key('Escape')
    expect(driver.state).toMatchObject({ preview: undefined, toolState: 'idle' })
    expect(driver.key('Escape')).toBe(false)
    expect(driver.lines).toEqual([])
  })
})

describe('a rotated rectangle by a side and its width', () => {
  it('has the side that two clicks give and reaches to the third', () => {
    const driver = new EditorDriver().tool('rotatedRectangle').click(100, 100).click(100, 200).click(60, 333)
    expect(driver.shapes[0]?.geometry).toEqual({
      kind: 'rotatedRectangle', cx: expect.closeTo(80) as number, cy: expect.closeTo(150) as number, width: 100, height: expect.closeTo(40) as number, rotation: 90,
    })
    expect(driver.edits).toEqual(['addShape'])
  })

  it('turns by steps of 15 degrees with Shift', () => {
    const driver = new EditorDriver().tool('rotatedRectangle').click(100, 100).click(200, 133, { shift: true }).click(100, 200)
    expect(driver.shapes[0]?.geometry).toMatchObject({ rotation: expect.closeTo(15) as number })
  })

  it('steps back with Escape', () => {
    const driver = new EditorDriver().tool('rotatedRectangle').click(100, 100).click(200, 100).move(150, 150)
    expect(driver.state.preview).toMatchObject({ hint: { key: 'editor.hint.width' } })
    driver.key('Escape')
    expect(driver.state.preview).toMatchObject({ hint: { key: 'editor.hint.side' }, dots: [[100, 100]] })
    driver.key('Escape')
    expect(driver.state).toMatchObject({ preview: undefined, toolState: 'idle' })
  })
})

describe('the other box tools', () => {
  it('draws an ellipse into the box, with the first class that allows one', () => {
    const driver = new EditorDriver().tool('ellipse').drag([100, 100], [200, 140])
    expect(driver.shapes).toMatchObject([{ classId: 'person', geometry: { kind: 'ellipse', cx: 150, cy: 120, rx: 50, ry: 20, rotation: 0 } }])
    expect(driver.state.activeClassId).toBe('person')
    expect(driver.state.message).toMatchObject({ key: 'editor.message.classSwitched', params: { name: 'Person' } })
  })

  it('draws a rotated rectangle upright', () => {
    const driver = new EditorDriver().tool('rotatedRectangle').drag([100, 100], [200, 140])
    expect(driver.shapes[0]?.geometry).toEqual({ kind: 'rotatedRectangle', cx: 150, cy: 120, width: 100, height: 40, rotation: 0 })
  })
})
