import { describe, expect, it } from 'vitest'
import { stretchContrast } from '../../../../renderer/editor/actions/adjustmentActions.ts'
import { turnViewTo } from '../../../../renderer/editor/actions/turnActions.ts'
import { lookAt, showsWholeImage } from '../../../../renderer/editor/actions/viewActions.ts'
import { UNADJUSTED, adjustmentsShown } from '../../../../renderer/editor/store/adjustments.ts'
import { tone } from '../../../../renderer/canvas/adjust/filterTables.ts'
import { UPRIGHT, imageToScreen, screenToImage } from '../../../../shared/geometry/camera.ts'
import { EditorDriver, rectangle } from './editorDriver.ts'

const turnOf = ({ state: { camera } }: EditorDriver) => [camera.rotation, camera.flipped]

describe('turning the view', () => {
  it('goes round by quarters about the middle', () => {
    const driver = new EditorDriver()
    driver.editor.look({ ...UPRIGHT, x: 100, y: 50, zoom: 4 })
    const middle = screenToImage(driver.state.camera, [500, 400])
    driver.run('view.turnRight')
    expect(turnOf(driver)).toEqual([90, false])
    expect(screenToImage(driver.state.camera, [500, 400])).toEqual(middle)
    driver.run('view.turnLeft')
    driver.run('view.turnLeft')
    expect(turnOf(driver)).toEqual([270, false])
  })

  it('mirrors left and right as they are seen, also when turned', () => {
    const driver = new EditorDriver()
    driver.editor.look({ ...UPRIGHT, x: 100, y: 50, zoom: 4 })
    turnViewTo(driver.editor, 30)
    const seen = imageToScreen(driver.state.camera, [200, 150])
    driver.run('view.mirror')
    expect(turnOf(driver)).toEqual([330, true])
    const mirrored = imageToScreen(driver.state.camera, [200, 150])
    expect(mirrored[0]).toBeCloseTo(1000 - seen[0])
    expect(mirrored[1]).toBeCloseTo(seen[1])
  })

  it('keeps an image fitted that was fitted, and upright undoes all', () => {
    const driver = new EditorDriver()
    driver.run('view.fit')
    const fitted = driver.state.camera
    driver.run('view.turnRight')
    expect(showsWholeImage(driver.editor, driver.state)).toBe(true)
    driver.run('view.mirror')
    driver.run('view.upright')
    expect(driver.state.camera).toEqual(fitted)
  })

  it('nudges as seen on the screen', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 100, 100, 50, 50)] }).select('a')
    driver.run('view.turnRight')
    driver.key('ArrowRight')
    expect(driver.shape('a').geometry).toMatchObject({ x: 100, y: 99 })
    driver.run('view.mirror')
    driver.key('ArrowUp')
    expect(driver.shape('a').geometry).toMatchObject({ x: 99, y: 99 })
  })

  it('turns the arrows of the resize cursor', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 100, 100, 200, 200)] }).select('a')
    const cursorAt = (x: number, y: number) => driver.move(x, y).state.cursor
    expect([cursorAt(300, 200), cursorAt(300, 300)]).toEqual(['ew-resize', 'nwse-resize'])
    driver.run('view.turnRight')
    expect([cursorAt(300, 200), cursorAt(300, 300)]).toEqual(['ns-resize', 'nesw-resize'])
    driver.run('view.upright')
    driver.run('view.mirror')
    expect([cursorAt(300, 200), cursorAt(300, 300)]).toEqual(['ew-resize', 'nesw-resize'])
  })

  it('draws boxes where they are seen', () => {
    const driver = new EditorDriver()
    driver.run('view.turnLeft')
    driver.run('view.mirror')
    driver.tool('rectangle').drag([100, 200], [300, 350])
    expect(driver.shapes[0]?.geometry).toMatchObject({ x: 100, y: 200, width: 200, height: 150 })
  })
})

it('the view moves to a place', () => {
  const driver = new EditorDriver()
  driver.editor.look({ ...UPRIGHT, x: 0, y: 0, zoom: 4 })
  turnViewTo(driver.editor, 45)
  lookAt(driver.editor, [700, 300])
  const [x, y] = imageToScreen(driver.state.camera, [700, 300])
  expect([x, y].map(Math.round)).toEqual([500, 400])
})

describe('adjusted colours', () => {
  it('can be put aside and taken up again, but only when there are some', () => {
    const driver = new EditorDriver()
    expect(driver.run('view.adjusted')).toBe(false)
    stretchContrast(driver.editor, { low: 0.2, high: 0.4 })
    expect(adjustmentsShown(driver.state)).toBe(driver.state.adjustments)
    driver.run('view.adjusted')
    expect(adjustmentsShown(driver.state)).toBeUndefined()
    driver.run('view.adjusted')
    driver.run('view.resetAdjustments')
    expect(driver.state.adjustments).toEqual(UNADJUSTED)
  })

  it('spread the values that an image uses over the whole range', () => {
    const driver = new EditorDriver()
    stretchContrast(driver.editor, { low: 0.2, high: 0.4 })
    expect([0.2, 0.3, 0.4].map((value) => tone(driver.state.adjustments, value))).toEqual([expect.closeTo(0), expect.closeTo(0.5), expect.closeTo(1)])
  })
})
