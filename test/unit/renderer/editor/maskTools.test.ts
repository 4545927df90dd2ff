import { describe, expect, it } from 'vitest'
import type { Shape } from '../../../../shared/domain/shape.ts'
import { maskArea, maskBounds, maskHasPoint } from '../../../../shared/geometry/mask.ts'
import { rasterizeRings } from '../../../../shared/geometry/rasterize.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { aPrediction, aShape } from '../../../builders/records.ts'
import { EditorDriver } from './editorDriver.ts'

const SIZE = { width: 1000, height: 800 }
const square = (from: number, to: number): Point[] => [[from, from], [to, from], [to, to], [from, to]]
const mask = (id: string, ...rings: Point[][]): Shape => aShape({ id, geometry: { kind: 'mask', rle: rasterizeRings(rings, SIZE) } })
/** A square ring from 100 to 300 with a hole from 150 to 250. */
const RING = mask('ring', square(100, 300), square(150, 250))
const BLOCK = mask('block', square(400, 500))

const rleOf = (driver: EditorDriver, id: string) => {
  const { geometry } = driver.shape(id)
  if (geometry.kind !== 'mask') throw new Error(`${id} is no mask`)
  return geometry.rle
}
const has = (driver: EditorDriver, id: string, x: number, y: number) => maskHasPoint(rleOf(driver, id), [x + 0.5, y + 0.5])
const brush = (...records: Shape[]) => {
  const driver = new EditorDriver({ records }).tool('brush')
  driver.run('classes.person')
  return driver
}

describe('brush', () => {
  it('paints a new mask of the active class as one edit, and selects it', () => {
    const driver = brush().drag([100, 100], [200, 100])
    expect(driver.shapes).toMatchObject([{ id: 'new-1', classId: 'person', geometry: { kind: 'mask', rle: { size: [800, 1000] } }, provenance: { source: 'human' } }])
    expect(maskBounds(rleOf(driver, 'new-1'))).toEqual({ x: 88, y: 88, width: 124, height: 24 })
    expect([driver.selection, driver.edits]).toEqual([['new-1'], ['paintMask']])
  })

  it('extends the selected mask, stroke by stroke, and each can be undone', () => {
    const driver = brush().drag([100, 100], [200, 100]).drag([300, 300], [310, 300])
    expect(driver.shapes).toHaveLength(1)
    expect([has(driver, 'new-1', 150, 100), has(driver, 'new-1', 305, 300)]).toEqual([true, true])
    driver.run('edit.undo')
    expect([has(driver, 'new-1', 150, 100), has(driver, 'new-1', 305, 300)]).toEqual([true, false])
    driver.run('edit.undo')
    expect(driver.shapes).toEqual([])
    driver.run('edit.redo')
    expect(driver.shapes).toHaveLength(1)
  })

  it('begins a new mask when none is selected, or one of another class', () => {
    const driver = brush(BLOCK).drag([450, 450], [460, 450])
    expect(driver.shapes).toHaveLength(2)
    driver.select().drag([10, 10], [20, 10])
    expect(driver.shapes).toHaveLength(3)
  })

  it('follows the pointer with a preview and keeps nothing before it is let go', () => {
    const driver = brush(BLOCK).select('block').dragWithoutRelease([100, 100], [200, 100])
    expect(driver.state).toMatchObject({ toolState: 'painting', preview: { kind: 'stroke', effect: 'paint', target: 'block', dabs: 4 } })
    expect(driver.lines).toEqual([])
  })

  it.each([['Escape', (driver: EditorDriver) => driver.key('Escape')], ['undo', (driver: EditorDriver) => driver.run('edit.undo')]])('takes the stroke back on %s', (_, giveUp) => {
    const driver = brush(BLOCK).select('block').dragWithoutRelease([100, 100], [200, 100])
    expect(giveUp(driver)).toBe(true)
    driver.up(200, 100)
    expect([driver.lines, driver.state.preview, driver.selection]).toEqual([[], undefined, ['block']])
  })

  it('paints one dab by a click, and a straight line to the next click with Shift', () => {
    const driver = brush().click(100, 100)
    expect(maskBounds(rleOf(driver, 'new-1'))).toEqual({ x: 88, y: 88, width: 24, height: 24 })
    driver.click(300, 300, { shift: true })
    expect([has(driver, 'new-1', 200, 200), has(driver, 'new-1', 200, 250)]).toEqual([true, false])
  })

  it('is made wider and narrower by its keys, by a pixel at least, and by Alt with the wheel', () => {
    const driver = brush()
    const diameter = () => driver.state.brush.diameter
    driver.run('masks.largerBrush')
    expect(diameter()).toBe(30)
    driver.run('masks.smallerBrush')
    expect(diameter()).toBe(24)
    driver.editor.dispatch({ type: 'tune', factor: 2 })
    expect(diameter()).toBe(48)
    driver.editor.dispatch({ type: 'tune', factor: 0.0001 })
    driver.run('masks.smallerBrush')
    expect(diameter()).toBe(1)
    driver.click(10, 10)
    expect(maskArea(rleOf(driver, 'new-1'))).toBe(1)
  })

  it('leaves the keys of its size to the confidence of predictions with other tools', () => {
    const driver = new EditorDriver({ predictions: [aPrediction()] })
    expect([driver.run('masks.largerBrush'), driver.run('predictions.raiseThreshold')]).toEqual([false, true])
    driver.tool('eraser')
    expect([driver.run('masks.largerBrush'), driver.run('predictions.raiseThreshold')]).toEqual([true, false])
  })

  it('can be square', () => {
    const driver = brush()
    driver.run('masks.brushTip')
    driver.click(100, 100)
    expect(maskArea(rleOf(driver, 'new-1'))).toBe(24 * 24)
  })

  it('is narrower the lighter a pen is pressed', () => {
    const driver = brush().click(100, 100, { pressure: 0.5 })
    expect(maskBounds(rleOf(driver, 'new-1'))).toEqual({ x: 94, y: 94, width: 12, height: 12 })
  })

  it('erases with the other end of a pen', () => {
    const driver = brush(BLOCK).select('block').click(450, 450, { eraser: true })
    expect([has(driver, 'block', 450, 450), driver.edits]).toEqual([false, ['eraseMask']])
  })

  it('does not cover other masks if they are protected', () => {
    const driver = brush(BLOCK)
    driver.run('masks.protectOthers')
    driver.drag([380, 450], [450, 450])
    expect([has(driver, 'new-1', 390, 450), has(driver, 'new-1', 420, 450)]).toEqual([true, false])
  })

  it('is cut to the image, and paints nothing outside it', () => {
    const driver = brush().drag([-20, 400], [5, 400])
    expect(maskBounds(rleOf(driver, 'new-1'))).toMatchObject({ x: 0, width: 17 })
    driver.select().drag([-200, 400], [-100, 400])
    expect(driver.shapes).toHaveLength(1)
  })

  it('changes nothing where the mask is painted already', () => {
    expect(brush(BLOCK).select('block').click(450, 450).edits).toEqual([])
  })

  it('takes a class that may have masks, and says so', () => {
    const driver = new EditorDriver().tool('brush').click(100, 100)
    expect(driver.shapes[0]?.classId).toBe('person')
    expect(driver.state.message).toMatchObject({ key: 'editor.message.classSwitched' })
  })

  it('starts a new mask beside a locked one, and paints nothing in a read-only task', () => {
    const locked = brush(BLOCK).select('block')
    locked.run('objects.lock')
    expect(locked.click(600, 600).shapes).toHaveLength(2)
    const closed = new EditorDriver({ readOnly: true }).tool('brush').click(100, 100)
    expect(closed.state).toMatchObject({ shapes: [], message: { key: 'editor.message.readOnly' } })
  })
})

describe('eraser', () => {
  it('takes from the selected mask as one edit', () => {
    const driver = new EditorDriver({ records: [BLOCK, RING] }).select('ring').tool('eraser').drag([100, 125], [200, 125])
    expect([has(driver, 'ring', 150, 125), has(driver, 'ring', 250, 125)]).toEqual([false, true])
    expect(driver.edits).toEqual(['eraseMask'])
  })

  it('takes from the mask that it meets first when none is selected', () => {
    const driver = new EditorDriver({ records: [BLOCK, RING] }).tool('eraser').dragWithoutRelease([390, 450], [480, 450])
    expect(driver.state.preview).toMatchObject({ kind: 'stroke', effect: 'erase', target: 'block' })
    driver.up(480, 450)
    expect([has(driver, 'block', 420, 450), driver.edits]).toEqual([false, ['eraseMask']])
  })

  it('deletes a mask of which nothing is left', () => {
    const driver = new EditorDriver({ records: [BLOCK] }).tool('eraser')
    driver.editor.update({ brush: { ...driver.state.brush, diameter: 400 } })
    driver.click(450, 450)
    expect([driver.shapes, driver.edits]).toEqual([[], ['eraseMask']])
    driver.run('edit.undo')
    expect(driver.shapes).toEqual([BLOCK])
  })

  it('does nothing where there is no mask', () => {
    const driver = new EditorDriver({ records: [BLOCK] }).tool('eraser').drag([700, 700], [750, 700])
    expect([driver.lines, driver.state.preview]).toEqual([[], undefined])
  })
})

describe('fill', () => {
  it('fills the hole under a click', () => {
    const driver = new EditorDriver({ records: [RING] }).tool('fill').click(200, 200)
    expect([maskArea(rleOf(driver, 'ring')), driver.edits, driver.selection]).toEqual([200 * 200, ['fillMask'], ['ring']])
  })

  it('fills the tightest of several masks around the place', () => {
    const around = mask('around', square(50, 350), square(80, 320))
    const driver = new EditorDriver({ records: [RING, around] }).tool('fill').click(200, 200)
    expect([has(driver, 'ring', 200, 200), has(driver, 'around', 200, 200)]).toEqual([true, false])
    driver.run('edit.undo')
    driver.select('around').click(200, 200)
    expect(has(driver, 'around', 200, 200)).toBe(true)
  })

  it('says so where nothing encloses the place', () => {
    const driver = new EditorDriver({ records: [RING] }).tool('fill').click(20, 20)
    expect([driver.lines, driver.state.message?.key]).toEqual([[], 'editor.message.nothingToFill'])
  })

  it('fills all holes of the selected masks by a command', () => {
    const driver = new EditorDriver({ records: [RING, BLOCK] })
    expect(driver.run('polygons.fillHoles')).toBe(false)
    driver.select('ring', 'block')
    expect([driver.run('polygons.fillHoles'), maskArea(rleOf(driver, 'ring')), driver.edits]).toEqual([true, 200 * 200, ['fillHoles']])
  })
})
