import { describe, expect, it } from 'vitest'
import { measurementText } from '../../../../renderer/canvas/interaction/ruler.ts'
import { lengthText } from '../../../../renderer/canvas/aids/lengthText.ts'
import { measure } from '../../../../renderer/editor/store/measurement.ts'
import { EditorDriver } from './editorDriver.ts'

describe('the ruler', () => {
  const ruler = () => new EditorDriver().tool('ruler')

  it('lays a line over the image that is no label', () => {
    const driver = ruler().drag([100, 100], [400, 500])
    expect(driver.state.measurement).toEqual({ from: [100, 100], to: [400, 500] })
    expect([driver.shapes, driver.edits]).toEqual([[], []])
  })

  it('keeps to steps of 15 degrees with Shift', () => {
    const { measurement } = ruler().drag([100, 100], [300, 120], { shift: true }).state
    expect(measurement?.to[1]).toBeCloseTo(100)
    expect(measurement?.to[0]).toBeCloseTo(100 + Math.hypot(200, 20))
  })

  it.each([
    ['Escape', (driver: EditorDriver) => { driver.key('Escape') }],
    ['a click', (driver: EditorDriver) => { driver.click(50, 50) }],
    ['another tool', (driver: EditorDriver) => { driver.tool('select') }],
  ])('is cleared by %s', (_, clear) => {
    const driver = ruler().drag([100, 100], [400, 500])
    clear(driver)
    expect(driver.state.measurement).toBeUndefined()
  })

  it('gives a line up that is under way', () => {
    const driver = ruler().dragWithoutRelease([100, 100], [400, 500])
    driver.key('Escape')
    expect(driver.state).toMatchObject({ toolState: 'idle', measurement: undefined })
  })

  it('measures read-only tasks too', () => {
    const driver = new EditorDriver({ readOnly: true })
    expect(driver.run('tools.ruler')).toBe(true)
    expect(driver.drag([0, 0], [30, 40]).state.measurement).toBeDefined()
  })
})

describe('a measurement', () => {
  const line = { from: [0, 0], to: [30, 40] } as const

  it('is a length in pixels, a length in the world and an angle', () => {
    expect(measure(line, undefined)).toEqual({ length: 50, micrometres: undefined, degrees: expect.closeTo(53.13, 2) as number })
    expect(measure(line, { x: 2, y: 0.5 }).micrometres).toBeCloseTo(Math.hypot(60, 20))
  })

  it('is told in the unit that fits', () => {
    expect(measurementText(line, { x: 100, y: 100 }, 'en')).toBe('50 px · 5 mm · 53.1°')
    expect(measurementText(line, undefined, 'es')).toBe('50 px · 53,1°')
    expect([0.25, 12.5, 25_000, 3.2e6, 7.5e9].map((micrometres) => lengthText(micrometres, 'en'))).toEqual(['250 nm', '12.5 µm', '2.5 cm', '3.2 m', '7.5 km'])
  })
})
