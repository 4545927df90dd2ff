import { describe, expect, it } from 'vitest'
import { interactionReach } from '../../../../renderer/canvas/interaction/reach.ts'
import { boxHasBox } from '../../../../shared/geometry/box.ts'
import { UPRIGHT } from '../../../../shared/geometry/camera.ts'
import { EditorDriver, rectangle } from '../editor/editorDriver.ts'

const VIEW = { x: 0, y: 0, width: 1000, height: 800 }
const reach = (driver: EditorDriver, unsettled: readonly string[] = []) => interactionReach(driver.state, unsettled as never)

describe('how far the interaction layer reaches', () => {
  it('is nowhere while nothing is selected, under the pointer or in motion', () => {
    expect(reach(new EditorDriver({ records: [rectangle('a', 100, 100, 50, 50)] })).width).toBe(0)
  })

  it('is about the selected shapes with their handles, wherever the camera shows them', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 300, 300, 50, 50)] })
    driver.editor.update({ display: { ...driver.state.display, labels: 'none' } })
    driver.select('a')
    expect(reach(driver)).toEqual({ x: 268, y: 268, width: 114, height: 114 })
    driver.editor.look({ ...UPRIGHT, x: 200, y: 200, zoom: 2 })
    expect(reach(driver)).toEqual({ x: 168, y: 168, width: 164, height: 164 })
  })

  it('leaves room for a label on top of the shape', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 300, 300, 50, 50)] })
    driver.editor.update({ display: { ...driver.state.display, labels: 'selected' } })
    driver.select('a')
    expect(reach(driver)).toEqual({ x: 268, y: 268, width: 304, height: 114 })
  })

  it('takes in what a gesture makes of them, what is hovered over, and what waits to be drawn below', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 100, 100, 50, 50), rectangle('b', 700, 600, 50, 50), rectangle('c', 400, 20, 50, 50)] })
    driver.click(125, 125).dragWithoutRelease([125, 125], [325, 325])
    expect(boxHasBox(reach(driver), { x: 300, y: 300, width: 50, height: 50 })).toBe(true)
    driver.up(325, 325).move(725, 625)
    expect(boxHasBox(reach(driver), { x: 700, y: 600, width: 50, height: 50 })).toBe(true)
    expect(boxHasBox(reach(driver, ['c']), { x: 400, y: 20, width: 50, height: 50 })).toBe(true)
  })

  it('takes in what an edit that is looked at took away; of very many shapes anywhere', () => {
    const driver = new EditorDriver()
    const gone = rectangle('gone', 400, 300, 50, 50)
    driver.editor.update({ removed: [gone] })
    expect(boxHasBox(reach(driver), { x: 400, y: 300, width: 50, height: 50 })).toBe(true)
    expect(reach(driver).width).toBeLessThan(VIEW.width)
    driver.editor.update({ removed: Array.from({ length: 1001 }, () => gone) })
    expect(reach(driver)).toEqual(VIEW)
  })

  it('is the whole view for tools that draw', () => {
    const driver = new EditorDriver().tool('polygon').click(100, 100)
    expect(reach(driver)).toEqual(VIEW)
  })
})
