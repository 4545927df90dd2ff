import { describe, expect, it } from 'vitest'
import type { Point } from '../../../../shared/geometry/point.ts'
import { aShape } from '../../../builders/records.ts'
import { EditorDriver } from './editorDriver.ts'

const SQUARE: Point[] = [[100, 100], [300, 100], [300, 300], [100, 300]]
const polygon = (id: string, rings: Point[][]) => aShape({ id, geometry: { kind: 'polygon', rings } })
const withSquare = () => new EditorDriver({ records: [polygon('a', [SQUARE])] }).select('a')
const ring = (driver: EditorDriver) => {
  const { geometry } = driver.shape('a')
  return geometry.kind === 'polygon' ? geometry.rings[0] : undefined
}

describe('the handle in the middle of an edge', () => {
  it('puts a vertex in, and says so by its cursor', () => {
    const driver = withSquare().move(203, 102)
    expect(driver.state).toMatchObject({ cursor: 'copy', hover: { kind: 'edge', point: [200, 100], grip: 'insert' } })
    driver.drag([200, 100], [200, 60])
    expect(ring(driver)).toEqual([[100, 100], [200, 60], [300, 100], [300, 300], [100, 300]])
    expect(driver.edits).toEqual(['reshape'])
  })

  it('is only there: beside it the shape is moved as ever, and a short edge has none', () => {
    expect(withSquare().move(240, 102).state.cursor).toBe('move')
    const small = new EditorDriver({ records: [polygon('a', [[[100, 100], [130, 100], [130, 130]]])] }).select('a')
    expect(small.move(115, 100).state.cursor).toBe('move')
  })
})

describe('several vertices', () => {
  it('are picked with Shift and moved together as one edit', () => {
    const driver = withSquare().click(100, 100, { shift: true }).click(300, 100, { shift: true })
    driver.drag([300, 100], [310, 80])
    expect(ring(driver)).toEqual([[110, 80], [310, 80], [300, 300], [100, 300]])
    expect(driver.edits).toEqual(['reshape'])
  })

  it('are let go one by one with Shift', () => {
    const driver = withSquare().click(100, 100, { shift: true }).click(300, 100, { shift: true }).click(100, 100, { shift: true })
    expect(driver.state.activeVertex).toEqual({ shapeId: 'a', ref: { ring: 0, index: 1 }, others: [] })
  })

  it('are picked by a marquee with Alt, and deleted together', () => {
    const driver = new EditorDriver({ records: [polygon('a', [[...SQUARE, [60, 250], [60, 150]]])] }).select('a').drag([40, 120], [80, 280], { alt: true })
    expect(driver.state.activeVertex?.others).toHaveLength(1)
    driver.key('Delete')
    expect(ring(driver)).toEqual(SQUARE)
  })

  it('stay when the shape needs them, and the person is told', () => {
    const driver = withSquare().drag([50, 50], [350, 150], { alt: true })
    driver.key('Delete')
    expect(ring(driver)).toEqual(SQUARE)
    expect(driver.state.message?.key).toBe('editor.message.vertexNeeded')
  })

  it('stay on the image', () => {
    const driver = withSquare().click(100, 100, { shift: true }).click(300, 100, { shift: true }).drag([300, 100], [300, -500])
    expect(ring(driver)).toEqual([[100, 0], [300, 0], [300, 300], [100, 300]])
  })
})

describe('vertices in hand', () => {
  it('are nudged by the arrow keys, a held key as one edit', () => {
    const driver = withSquare().click(100, 100, { shift: true }).click(300, 100, { shift: true })
    driver.keyDown('ArrowUp')
    driver.keyDown('ArrowUp', {}, true)
    driver.keyUp('ArrowUp')
    expect(ring(driver)).toEqual([[100, 98], [300, 98], [300, 300], [100, 300]])
    expect(driver.edits).toEqual(['reshape'])
  })

  it('are let go with the selection, so that the arrows move the shape', () => {
    const driver = withSquare().click(100, 100)
    driver.key('Escape')
    driver.select('a').key('ArrowRight')
    expect(driver.edits).toEqual(['moveShape'])
  })
})

describe('one vertex', () => {
  it('slides along its edges with Control', () => {
    expect(ring(withSquare().drag([100, 100], [160, 110], { mod: true }))).toEqual([[160, 100], [300, 100], [300, 300], [100, 300]])
    expect(ring(withSquare().drag([100, 100], [110, 170], { mod: true }))).toEqual([[100, 170], [300, 100], [300, 300], [100, 300]])
  })

  it('goes with a click of the other button', () => {
    const driver = withSquare().click(300, 300, { button: 'secondary' })
    expect(ring(driver)).toEqual([[100, 100], [300, 100], [100, 300]])
  })

  it('is drawn to the borders of others, never to its own, when that is switched on', () => {
    const driver = new EditorDriver({ records: [polygon('a', [SQUARE]), polygon('b', [[[350, 100], [500, 100], [500, 300], [350, 300]]])] }).select('a')
    driver.run('polygons.magnetic')
    driver.drag([300, 100], [346, 97])
    expect(ring(driver)).toEqual([[100, 100], [350, 100], [300, 300], [100, 300]])
    driver.drag([350, 100], [304, 303])
    expect(ring(driver)?.[1]).toEqual([304, 303])
  })
})

describe('a whole edge', () => {
  it('is dragged with Control', () => {
    const driver = withSquare().move(240, 101, { mod: true })
    expect(driver.state.cursor).toBe('move')
    driver.drag([240, 100], [250, 70], { mod: true })
    expect(ring(driver)).toEqual([[110, 70], [310, 70], [300, 300], [100, 300]])
    expect(driver.edits).toEqual(['reshape'])
  })
})
