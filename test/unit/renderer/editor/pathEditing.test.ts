import { describe, expect, it } from 'vitest'
import type { Shape } from '../../../../shared/domain/shape.ts'
import { geometryArea } from '../../../../shared/geometry/measure.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { aShape } from '../../../builders/records.ts'
import { EditorDriver } from './editorDriver.ts'

const square = (x: number, y: number, side: number): Point[] => [[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
const polygon = (id: string, rings: Point[][]): Shape => aShape({ id, geometry: { kind: 'polygon', rings } })
const ringOf = (driver: EditorDriver, id: string) => {
  const { geometry } = driver.shape(id)
  return geometry.kind === 'polygon' ? geometry.rings[0] : undefined
}
const message = (driver: EditorDriver) => driver.state.message?.key

/** A circle of places around (300, 300) on the way of a hand. */
const around = (radius: number, count: number): Point[] => Array.from({ length: count }, (_, index) => {
  const angle = (2 * Math.PI * index) / count
  return [300 + radius * Math.cos(angle), 300 + radius * Math.sin(angle)]
})

describe('drawing freehand', () => {
  it('follows the pointer while the button is held, keeps the vertices that carry the form, and closes where it began', () => {
    const driver = new EditorDriver().tool('polygon').move(400, 300).down(400, 300)
    for (const [x, y] of around(100, 360)) driver.move(x, y)
    expect(driver.state.toolState).toBe('tracing')
    driver.up(400, 299)
    const ring = ringOf(driver, 'new-1')
    expect(ring?.length).toBeLessThan(60)
    expect(Math.abs(geometryArea(driver.shapes[0]!.geometry) / (Math.PI * 100 * 100) - 1)).toBeLessThan(0.02)
    expect(driver.edits).toEqual(['addShape'])
  })

  it('follows the pointer with Shift, between clicks', () => {
    const driver = new EditorDriver().tool('polygon').click(100, 100).click(200, 100)
    driver.move(200, 110, { shift: true })
    for (let y = 120; y <= 200; y += 5) driver.move(200 + (y === 160 ? 40 : 0), y, { shift: true })
    driver.move(200, 200).click(100, 200)
    driver.key('Enter')
    expect(ringOf(driver, 'new-1')).toEqual(expect.arrayContaining([[100, 100], [200, 100], [240, 160], [200, 200], [100, 200]]))
  })

  it('takes the whole trace back with Escape, one vertex of it with Backspace', () => {
    const traced = () => {
      const driver = new EditorDriver().tool('polygon').click(100, 100).move(200, 100).down(200, 100)
      return driver.move(250, 150).move(200, 200).up(200, 200)
    }
    const escaped = traced()
    escaped.key('Escape')
    expect(escaped.state.preview).toMatchObject({ points: [[100, 100], [200, 100]] })
    const shortened = traced()
    shortened.key('Backspace')
    expect(shortened.state.preview).toMatchObject({ points: [[100, 100], [200, 100], [250, 150]] })
  })

  it('drops a trace under way on Escape', () => {
    const driver = new EditorDriver().tool('polygon').click(100, 100).move(200, 100).down(200, 100).move(250, 150)
    driver.key('Escape')
    expect(driver.state).toMatchObject({ toolState: 'drawing', preview: { points: [[100, 100], [200, 100]] } })
  })
})

describe('drawing along borders', () => {
  const beside = () => {
    const driver = new EditorDriver({ records: [polygon('a', [square(100, 100, 200)])] }).tool('polygon')
    driver.run('polygons.magnetic')
    return driver
  }

  it('snaps to vertices before edges, and says so', () => {
    const driver = beside().move(304, 97)
    expect(driver.state.preview).toEqual({ kind: 'magnet', at: 'vertex', point: [300, 100] })
    expect(driver.move(303, 200).state.preview).toEqual({ kind: 'magnet', at: 'edge', point: [300, 200] })
    expect(driver.move(350, 200).state.preview).toBeUndefined()
    expect(driver.move(3, 400).state.preview).toEqual({ kind: 'magnet', at: 'edge', point: [0, 400] })
  })

  it('follows the border of a neighbour between two snapped places, so that both share it exactly', () => {
    const driver = beside().click(303, 150).click(202, 303)
    expect(driver.state.preview).toMatchObject({ points: [[300, 150], [300, 300], [202, 300]] })
    driver.click(202, 500).click(500, 500).key('Enter')
    expect(ringOf(driver, 'new-1')).toEqual([[300, 150], [300, 300], [202, 300], [202, 500], [500, 500]])
  })

  it('follows the longer way with Alt', () => {
    const driver = beside().click(303, 150).click(303, 250, { alt: true })
    expect(driver.state.preview).toMatchObject({ points: [[300, 150], [300, 100], [100, 100], [100, 300], [300, 300], [300, 250]] })
  })

  it('does the contrary while Control is held', () => {
    expect(beside().move(304, 97, { mod: true }).state.preview).toBeUndefined()
  })
})

describe('going on with a line', () => {
  const line = aShape({ id: 'l', geometry: { kind: 'polyline', points: [[100, 100], [200, 100]] } })

  it('adds to the end that is pressed, as one edit of the same shape', () => {
    const driver = new EditorDriver({ records: [line] }).select('l').tool('polyline').click(101, 101).click(50, 50)
    driver.key('Enter')
    expect(driver.shape('l').geometry).toEqual({ kind: 'polyline', points: [[50, 50], [100, 100], [200, 100]] })
    expect(driver.edits).toEqual(['reshape'])
  })

  it('never takes back what was there before', () => {
    const driver = new EditorDriver({ records: [line] }).select('l').tool('polyline').click(200, 100).click(300, 300)
    driver.key('Backspace')
    driver.key('Backspace')
    expect(driver.state.toolState).toBe('idle')
    expect(driver.shape('l')).toEqual(line)
  })
})

describe('the hole tool', () => {
  const withSquare = () => new EditorDriver({ records: [polygon('a', [square(100, 100, 200)])] }).tool('hole')

  it('cuts a hole into the shape under the pointer', () => {
    const driver = withSquare().click(150, 150).click(250, 150).click(250, 250)
    driver.key('Enter')
    expect(driver.shape('a').geometry).toMatchObject({ rings: [expect.any(Array), expect.any(Array)] })
    expect(geometryArea(driver.shape('a').geometry)).toBe(35_000)
    expect(driver.edits).toEqual(['cutHole'])
  })

  it('cuts a bite out of the outline when it reaches over it, so that rings never cross', () => {
    const driver = withSquare().click(250, 150).click(350, 150).click(350, 250).click(250, 250)
    driver.key('Enter')
    expect(driver.shape('a').geometry).toMatchObject({ rings: [expect.any(Array)] })
    expect(geometryArea(driver.shape('a').geometry)).toBe(35_000)
  })

  it('says so when there is no polygon, or the hole lies beside it', () => {
    const driver = withSquare().click(600, 600)
    expect(message(driver)).toBe('editor.message.selectPolygon')
    driver.select('a').click(500, 500).click(600, 500).click(600, 600).key('Enter')
    expect(message(driver)).toBe('editor.message.holeOutside')
    expect(driver.lines).toEqual([])
  })
})

describe('the knife', () => {
  it('splits what the line crosses from side to side', () => {
    const driver = new EditorDriver({ records: [polygon('a', [square(100, 100, 200)]), polygon('b', [square(100, 400, 200)])] }).tool('knife')
    driver.click(200, 50).click(200, 350).key('Enter')
    expect(driver.shapes.map(({ id, geometry }) => [id, geometryArea(geometry)])).toEqual([['a', 20_000], ['b', 40_000], ['new-1', 20_000]])
    expect(driver.edits).toEqual(['splitShape'])
  })

  it('splits the selected shapes alone, unless it crosses none of them', () => {
    const two = () => new EditorDriver({ records: [polygon('a', [square(100, 100, 200)]), polygon('b', [square(100, 400, 200)])] }).select('a').tool('knife')
    const across = two().click(200, 50).click(200, 650)
    across.key('Enter')
    expect(across.shapes.map(({ geometry }) => geometryArea(geometry))).toEqual([20_000, 40_000, 20_000])
    const beside = two().click(200, 350).click(200, 650)
    beside.key('Enter')
    expect(beside.shapes.map(({ geometry }) => geometryArea(geometry))).toEqual([40_000, 20_000, 20_000])
  })

  it('says so when it crosses nothing', () => {
    const driver = new EditorDriver({ records: [polygon('a', [square(100, 100, 200)])] }).tool('knife').click(200, 50).click(200, 150)
    driver.key('Enter')
    expect(message(driver)).toBe('editor.message.lineCutsNothing')
    expect(driver.state).toMatchObject({ toolState: 'idle', preview: undefined })
  })
})

describe('redrawing a part of an outline', () => {
  const redraw = () => new EditorDriver({ records: [polygon('a', [square(100, 100, 200)])] }).select('a').tool('redraw')

  it('replaces the shorter part between start and end, which it shows before', () => {
    const driver = redraw().click(150, 101).click(200, 50).move(250, 101)
    expect(driver.state.preview).toMatchObject({ kind: 'changing' })
    driver.click(250, 101)
    expect(ringOf(driver, 'a')).toEqual([[150, 100], [200, 50], [250, 100], [300, 100], [300, 300], [100, 300], [100, 100]])
    expect(driver.edits).toEqual(['reshape'])
  })

  it('replaces the longer part with Alt', () => {
    const driver = redraw().click(150, 101).click(200, 50).click(250, 101, { alt: true })
    expect(ringOf(driver, 'a')).toEqual([[150, 100], [200, 50], [250, 100]])
  })

  it('is drawn freehand too', () => {
    const driver = redraw().drag([150, 100], [200, 50]).move(200, 50).down(200, 50)
    driver.move(230, 70).move(250, 101).up(250, 101)
    expect(driver.edits).toEqual(['reshape'])
    expect(ringOf(driver, 'a')).toEqual(expect.arrayContaining([[150, 100], [200, 50], [250, 100]]))
  })

  it('starts on the outline only', () => {
    expect(message(redraw().click(200, 200))).toBe('editor.message.startOnOutline')
  })

  it('replaces the middle of a line', () => {
    const line = aShape({ id: 'l', geometry: { kind: 'polyline', points: [[100, 100], [200, 100], [300, 100]] } })
    const driver = new EditorDriver({ records: [line] }).select('l').tool('redraw').click(250, 100).click(200, 150).click(150, 100)
    expect(driver.shape('l').geometry).toEqual({ kind: 'polyline', points: [[100, 100], [150, 100], [200, 150], [250, 100], [300, 100]] })
  })
})
