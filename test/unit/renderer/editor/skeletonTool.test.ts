import { describe, expect, it } from 'vitest'
import { aShape } from '../../../builders/records.ts'
import { setKeypointVisibility } from '../../../../renderer/editor/actions/keypointActions.ts'
import { EditorDriver } from './editorDriver.ts'

const tool = () => new EditorDriver().tool('skeleton')
const keypoints = (driver: EditorDriver, id = 'new-1') => {
  const { geometry } = driver.shape(id)
  if (geometry.kind !== 'skeleton') throw new Error('kind')
  return geometry.points.map(({ x, y, visibility }) => [x, y, visibility])
}
const hint = (driver: EditorDriver) => (driver.state.preview?.kind === 'drawing' ? driver.state.preview.hint?.params : undefined)

describe('drawing a skeleton', () => {
  it('stretches the default layout over a dragged box, ready to be adjusted', () => {
    const driver = tool().drag([100, 100], [200, 160])
    expect(driver.shapes).toMatchObject([{ classId: 'face' }])
    expect(keypoints(driver)).toEqual([[100, 100, 2], [200, 100, 2], [150, 160, 2]])
    expect(driver.selection).toEqual(['new-1'])
    expect(driver.state.tool).toBe('select')
    driver.drag([150, 160], [155, 170])
    expect(keypoints(driver)[2]).toEqual([155, 170, 2])
    expect(driver.edits).toEqual(['addShape', 'reshape'])
  })

  it('takes keypoint after keypoint by clicks, and names the next one', () => {
    const driver = tool().click(100, 100)
    expect(hint(driver)).toEqual({ name: 'Right eye', number: '2', total: '3' })
    driver.click(200, 100)
    expect(driver.lines).toEqual([])
    driver.click(150, 160)
    expect(keypoints(driver)).toEqual([[100, 100, 2], [200, 100, 2], [150, 160, 2]])
    expect(driver.edits).toEqual(['addShape'])
    expect(driver.state).toMatchObject({ tool: 'skeleton', toolState: 'idle', preview: undefined })
  })

  it('places a keypoint as occluded with O or Alt, and skips one with X', () => {
    const driver = tool().click(100, 100, { alt: true }).move(200, 100)
    driver.key('x')
    driver.move(150, 160)
    driver.key('o')
    expect(keypoints(driver).map(([, , visibility]) => visibility)).toEqual([1, 0, 1])
  })

  it('ends with Enter, and leaves the rest without a label', () => {
    const driver = tool().click(100, 100)
    driver.key('Enter')
    expect(keypoints(driver).map(([, , visibility]) => visibility)).toEqual([2, 0, 0])
  })

  it('takes back one keypoint with Escape, Backspace and undo, and the whole with the first', () => {
    const driver = tool().click(100, 100).click(200, 100)
    driver.key('Escape')
    expect(hint(driver)).toMatchObject({ number: '2' })
    driver.click(210, 100)
    driver.run('edit.undo')
    driver.key('Backspace')
    expect(driver.state).toMatchObject({ preview: undefined, toolState: 'idle' })
    expect(driver.lines).toEqual([])
  })
})

describe('a skeleton at hand', () => {
  const face = aShape({ id: 'f', classId: 'face', geometry: { kind: 'skeleton', points: [{ x: 100, y: 100, visibility: 2 }, { x: 200, y: 100, visibility: 2 }, { x: 150, y: 200, visibility: 0 }] } })
  const open = () => new EditorDriver({ records: [face] })
  const visibilities = (driver: EditorDriver) => keypoints(driver, 'f').map(([, , visibility]) => visibility)

  it('is taken hold of at its edges and keypoints, and moved as a whole', () => {
    const driver = open().drag([150, 101], [160, 121])
    expect(driver.selection).toEqual(['f'])
    expect(keypoints(driver, 'f')).toEqual([[110, 120, 2], [210, 120, 2], [160, 220, 0]])
  })

  it('is stretched by the frame around it', () => {
    const driver = open().select('f').drag([215, 115], [345, 115])
    expect(keypoints(driver, 'f')[0]).toEqual([115, 100, 2])
    expect(keypoints(driver, 'f')[1]).toEqual([315, 100, 2])
    expect(driver.edits).toEqual(['reshape'])
  })

  it('has its active keypoint occluded and shown by O, and its label taken away by Delete, but for the last', () => {
    const driver = open().select('f').click(200, 100)
    driver.key('o')
    expect(visibilities(driver)).toEqual([2, 1, 0])
    driver.key('o')
    expect(visibilities(driver)).toEqual([2, 2, 0])
    driver.key('Delete')
    driver.click(100, 100).key('Delete')
    expect(visibilities(driver)).toEqual([2, 0, 0])
    expect(driver.edits).toEqual(['labelKeypoint', 'labelKeypoint', 'reshape'])
  })

  it('gets a label back where it was', () => {
    const driver = open()
    expect(setKeypointVisibility(driver.editor, driver.shape('f'), 2, 1)).toBe(true)
    expect(keypoints(driver, 'f')[2]).toEqual([150, 200, 1])
    expect(driver.state.activeVertex).toEqual({ shapeId: 'f', ref: { ring: 0, index: 2 }, others: [] })
    expect(setKeypointVisibility(driver.editor, driver.shape('f'), 2, 1)).toBe(false)
  })
})
