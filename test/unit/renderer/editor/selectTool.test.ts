import { describe, expect, it } from 'vitest'
import { aPrediction, aShape } from '../../../builders/records.ts'
import { UPRIGHT } from '../../../../shared/geometry/camera.ts'
import { EditorDriver, rectangle } from './editorDriver.ts'

const two = () => new EditorDriver({ records: [rectangle('a', 100, 100, 100, 100), rectangle('b', 300, 300, 50, 50)] })
const triangle = aShape({ id: 'p', geometry: { kind: 'polygon', rings: [[[100, 100], [300, 100], [200, 300]]] } })
const withPolygon = () => new EditorDriver({ records: [triangle] }).select('p')

describe('selecting', () => {
  it('selects what is clicked, adds and takes away with Shift, and lets go on the empty image', () => {
    const driver = two().click(150, 150)
    expect(driver.selection).toEqual(['a'])
    driver.click(325, 325, { shift: true })
    expect(driver.selection).toEqual(['a', 'b'])
    driver.click(150, 150, { shift: true })
    expect(driver.selection).toEqual(['b'])
    driver.click(700, 700)
    expect(driver.selection).toEqual([])
    expect(driver.lines).toEqual([])
  })

  it('takes hold of the smaller of two nested shapes, whichever is on top', () => {
    const driver = new EditorDriver({ records: [{ ...rectangle('face', 120, 120, 20, 20), order: 1 }, { ...rectangle('body', 100, 100, 200, 200), order: 2 }] })
    expect(driver.click(130, 130).selection).toEqual(['face'])
    expect(driver.click(250, 250).selection).toEqual(['body'])
  })

  it('passes over locked and hidden shapes', () => {
    const driver = two().select('a')
    driver.run('objects.lock')
    expect(driver.click(150, 150).selection).toEqual([])
    driver.select('b')
    driver.run('objects.hide')
    expect(driver.click(325, 325).selection).toEqual([])
  })

  it('selects with a marquee what lies wholly within it', () => {
    const driver = two().dragWithoutRelease([90, 90], [320, 320])
    expect(driver.state).toMatchObject({ toolState: 'brushing', preview: { kind: 'marquee', box: { x: 90, y: 90, width: 230, height: 230 } } })
    expect(driver.selection).toEqual(['a'])
    driver.move(360, 360).up(360, 360)
    expect(driver.selection).toEqual(['a', 'b'])
    expect(driver.state.preview).toBeUndefined()
  })

  it('restores the selection when a marquee is given up', () => {
    const driver = two().select('b').dragWithoutRelease([90, 90], [220, 220])
    driver.key('Escape')
    expect(driver.selection).toEqual(['b'])
  })

  it('selects a pending prediction', () => {
    const driver = new EditorDriver({ predictions: [aPrediction()] })
    driver.editor.look({ ...UPRIGHT, x: 0, y: 0, zoom: 10 })
    driver.click(2, 3)
    expect(driver.state.selectedPrediction).toBe('predicted-1')
  })

  it('tells by its cursor what a click will do', () => {
    const driver = two().move(700, 700)
    expect(driver.state.cursor).toBe('default')
    expect(driver.move(150, 150).state.cursor).toBe('pointer')
    driver.click(150, 150)
    expect(driver.move(150, 150).state.cursor).toBe('move')
    expect(driver.move(200, 200).state.cursor).toBe('nwse-resize')
    expect(driver.move(200, 150).state.cursor).toBe('ew-resize')
    driver.keyDown(' ')
    expect(driver.state.cursor).toBe('grab')
  })
})

describe('moving', () => {
  it('moves the selection as one edit', () => {
    const driver = two().select('a', 'b').drag([150, 150], [170, 180])
    expect(driver.shape('a').geometry).toMatchObject({ x: 120, y: 130 })
    expect(driver.shape('b').geometry).toMatchObject({ x: 320, y: 330 })
    expect(driver.edits).toEqual(['moveShape'])
  })

  it('keeps the shape on the image', () => {
    const driver = two().drag([150, 150], [-500, 160])
    expect(driver.shape('a').geometry).toMatchObject({ x: 0, y: 110 })
  })

  it('keeps to one direction with Shift', () => {
    const driver = two().click(150, 150).drag([150, 150], [250, 160], { shift: true })
    expect(driver.shape('a').geometry).toMatchObject({ x: 200, y: 100 })
  })

  it('is given up by Escape, which also restores the selection', () => {
    const driver = two().select('b').dragWithoutRelease([150, 150], [250, 250])
    expect(driver.state.preview?.kind).toBe('changing')
    driver.key('Escape')
    driver.up(250, 250)
    expect(driver.shape('a').geometry).toMatchObject({ x: 100, y: 100 })
    expect(driver.selection).toEqual(['b'])
    expect(driver.lines).toEqual([])
  })

  it('turns an accepted prediction into an edited one', () => {
    const provenance = { source: 'acceptedPrediction', predictionId: 'prediction-1', predictedShapeId: 'predicted-1', model: 'm', modelVersion: '1', confidence: 0.9 }
    const driver = new EditorDriver({ records: [aShape({ id: 'a', provenance })] }).drag([20, 40], [30, 50])
    expect(driver.shape('a').provenance).toMatchObject({ source: 'editedPrediction', predictedShapeId: 'predicted-1' })
  })

  it('nudges by 1 and 10 pixels; a held key is one edit', () => {
    const driver = two().select('a')
    driver.keyDown('ArrowRight')
    driver.keyDown('ArrowRight', {}, true)
    driver.keyDown('ArrowRight', {}, true)
    expect(driver.lines).toEqual([])
    driver.keyUp('ArrowRight')
    driver.key('ArrowUp', { shift: true })
    expect(driver.shape('a').geometry).toMatchObject({ x: 103, y: 90 })
    expect(driver.edits).toEqual(['moveShape', 'moveShape'])
    expect(driver.run('edit.nudgeLeft')).toBe(true)
    expect(driver.shape('a').geometry).toMatchObject({ x: 102, y: 90 })
  })

  it('leaves arrow keys alone when nothing is selected', () => {
    expect(two().key('ArrowLeft')).toBe(false)
  })

  it('moves nothing in a read-only task', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 100, 100, 100, 100)], readOnly: true }).drag([150, 150], [250, 250])
    expect(driver.shape('a').geometry).toMatchObject({ x: 100, y: 100 })
  })
})

describe('resizing and turning', () => {
  it('drags a corner; the opposite one stays', () => {
    const driver = two().select('a').drag([200, 200], [260, 230])
    expect(driver.shape('a').geometry).toEqual({ kind: 'rectangle', x: 100, y: 100, width: 160, height: 130 })
    expect(driver.edits).toEqual(['reshape'])
  })

  it('turns a box over when a side crosses the other', () => {
    const driver = two().select('a').drag([100, 150], [250, 150])
    expect(driver.shape('a').geometry).toEqual({ kind: 'rectangle', x: 200, y: 100, width: 50, height: 100 })
  })

  it('refuses to squeeze a shape to nothing', () => {
    const driver = two().select('a').drag([200, 150], [100, 150])
    expect(driver.shape('a').geometry).toMatchObject({ width: 100 })
    expect(driver.state.preview).toBeUndefined()
  })

  it('keeps the ratio with Shift', () => {
    const driver = two().select('a').drag([200, 200], [300, 220], { shift: true })
    expect(driver.shape('a').geometry).toMatchObject({ width: 200, height: 200 })
  })

  it('resizes a turned rectangle along its own axes with the far corner fixed', () => {
    const turned = aShape({ id: 't', geometry: { kind: 'rotatedRectangle', cx: 200, cy: 200, width: 100, height: 40, rotation: 90 } })
    const driver = new EditorDriver({ records: [turned] }).select('t')
    // Turned by 90 degrees, the east side faces down, at (200, 250).
    driver.drag([200, 250], [200, 290])
    const geometry = driver.shape('t').geometry
    expect(geometry).toMatchObject({ kind: 'rotatedRectangle', rotation: 90 })
    if (geometry.kind !== 'rotatedRectangle') throw new Error('kind')
    expect(geometry.width).toBeCloseTo(140)
    expect([geometry.cx, geometry.cy]).toEqual([expect.closeTo(200), expect.closeTo(220)])
  })

  it('turns by the handle above the shape, clockwise, in steps with Shift', () => {
    const upright = aShape({ id: 't', geometry: { kind: 'rotatedRectangle', cx: 200, cy: 200, width: 100, height: 40, rotation: 0 } })
    const driver = new EditorDriver({ records: [upright] }).select('t').drag([200, 156], [260, 203], { shift: true })
    expect(driver.shape('t').geometry).toMatchObject({ rotation: 90 })
  })
})

describe('vertices', () => {
  it('drags a vertex', () => {
    const driver = withPolygon().drag([200, 300], [220, 340])
    expect(driver.shape('p').geometry).toMatchObject({ rings: [[[100, 100], [300, 100], [220, 340]]] })
    expect(driver.edits).toEqual(['reshape'])
  })

  it('inserts a vertex on an edge with Alt and drags it on', () => {
    const driver = withPolygon().drag([200, 100], [200, 50], { alt: true })
    expect(driver.shape('p').geometry).toMatchObject({ rings: [[[100, 100], [200, 50], [300, 100], [200, 300]]] })
    expect(driver.edits).toEqual(['reshape'])
  })

  it('inserts a vertex by a double click on an edge', () => {
    const driver = withPolygon().doubleClick(200, 100)
    expect(driver.shape('p').geometry).toMatchObject({ rings: [[[100, 100], [200, 100], [300, 100], [200, 300]]] })
  })

  it('removes a vertex with Alt, or with Delete after a click, but keeps a triangle', () => {
    const square = aShape({ id: 'p', geometry: { kind: 'polygon', rings: [[[100, 100], [200, 100], [200, 200], [100, 200], [50, 150]]] } })
    const driver = new EditorDriver({ records: [square] }).select('p').click(50, 150, { alt: true }).click(200, 200)
    expect(driver.key('Delete')).toBe(true)
    expect(driver.shape('p').geometry).toEqual({ kind: 'polygon', rings: [[[100, 100], [200, 100], [100, 200]]] })
    driver.click(100, 100, { alt: true })
    expect(driver.edits).toEqual(['reshape', 'reshape'])
  })

  it('takes an inserted vertex back on Escape', () => {
    const driver = withPolygon().dragWithoutRelease([200, 100], [200, 50], { alt: true })
    driver.key('Escape')
    expect(driver.state.preview).toBeUndefined()
    expect(driver.lines).toEqual([])
  })
})
