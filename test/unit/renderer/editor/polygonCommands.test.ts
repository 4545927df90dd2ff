import { describe, expect, it } from 'vitest'
import type { Shape } from '../../../../shared/domain/shape.ts'
import { geometryArea } from '../../../../shared/geometry/measure.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import { aPrediction, aShape } from '../../../builders/records.ts'
import { EditorDriver, rectangle } from './editorDriver.ts'

const square = (x: number, y: number, side: number): Point[] => [[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
const polygon = (id: string, rings: Point[][], fields: Record<string, unknown> = {}): Shape => aShape({ id, geometry: { kind: 'polygon', rings }, ...fields })
const provenance = { source: 'acceptedPrediction', predictionId: 'prediction-1', predictedShapeId: 'predicted-1', model: 'detector', modelVersion: '3', confidence: 0.8 }
const areas = (driver: EditorDriver) => driver.shapes.map(({ geometry }) => geometryArea(geometry))
const message = (driver: EditorDriver) => driver.state.message?.key

/** Two squares of 100 pixels that share a quarter. */
const overlapping = (fields: Record<string, unknown> = {}) => new EditorDriver({
  records: [polygon('lower', [square(100, 100, 100)], { order: 1 }), polygon('upper', [square(150, 150, 100)], { order: 2, ...fields })], predictions: [aPrediction()],
}).select('upper', 'lower')

describe('joining', () => {
  it('makes one shape of two as one edit that can be undone', () => {
    const driver = overlapping()
    driver.run('polygons.join')
    expect(areas(driver)).toEqual([17_500])
    expect(driver.selection).toEqual(['lower'])
    expect(driver.edits).toEqual(['joinShapes'])
    driver.run('edit.undo')
    expect(areas(driver)).toEqual([10_000, 10_000])
  })

  it('never proposes a prediction again that went into another shape, and counts the result as what the lowest was', () => {
    const driver = overlapping({ provenance })
    expect(driver.state.pending).toEqual([])
    driver.run('polygons.join')
    expect(driver.state.pending).toEqual([])
    expect(driver.shape('lower').provenance).toEqual({ source: 'human' })
  })

  it('takes boxes too, and makes a polygon of them', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 0, 0, 100, 100), rectangle('b', 100, 0, 100, 100)] }).select('a', 'b')
    driver.run('polygons.join')
    expect(areas(driver)).toEqual([20_000])
    expect(driver.shape('a').geometry.kind).toBe('polygon')
  })

  it('asks for two shapes with an area', () => {
    const driver = new EditorDriver({ records: [rectangle('a', 0, 0, 100, 100), aShape({ id: 'p', geometry: { kind: 'point', x: 1, y: 1 } })] }).select('a', 'p')
    driver.run('polygons.join')
    expect(message(driver)).toBe('editor.message.selectAreas')
    expect(driver.lines).toEqual([])
  })
})

describe('subtracting and intersecting', () => {
  it('cuts the uppermost out of the others and takes it away', () => {
    const driver = overlapping()
    driver.run('polygons.subtract')
    expect(areas(driver)).toEqual([7500])
    expect(driver.edits).toEqual(['subtractShapes'])
  })

  it('makes a shape of each part, the biggest of which goes on as the shape', () => {
    const driver = new EditorDriver({
      records: [polygon('a', [square(0, 0, 100)], { order: 1, provenance }), polygon('b', [[[20, -10], [30, -10], [30, 110], [20, 110]]], { order: 2 })],
    }).select('a', 'b')
    driver.run('polygons.subtract')
    expect(areas(driver)).toEqual([7000, 2000])
    expect(driver.shapes.map(({ id, provenance: { source } }) => [id, source])).toEqual([['a', 'editedPrediction'], ['new-1', 'human']])
    expect(driver.selection).toEqual(['a', 'new-1'])
  })

  it('says so when nothing would be left', () => {
    const driver = new EditorDriver({ records: [polygon('a', [square(10, 10, 10)], { order: 1 }), polygon('b', [square(0, 0, 100)], { order: 2 })] }).select('a', 'b')
    driver.run('polygons.subtract')
    expect(message(driver)).toBe('editor.message.nothingLeft')
    expect(areas(driver)).toEqual([100, 10_000])
  })

  it('keeps what shapes have in common', () => {
    const driver = overlapping()
    driver.run('polygons.intersect')
    expect(areas(driver)).toEqual([2500])
  })

  it('cuts off what overlaps other shapes, which stay', () => {
    const driver = overlapping().select('upper')
    driver.run('polygons.cutByNeighbours')
    expect(areas(driver)).toEqual([10_000, 7500])
    driver.run('polygons.cutByNeighbours')
    expect(message(driver)).toBe('editor.message.nothingOverlaps')
    expect(driver.edits).toEqual(['cutByNeighbours'])
  })
})

describe('holes, vertices and corners', () => {
  it('fills the hole whose vertex is in hand, else all', () => {
    const rings = [square(0, 0, 300), square(50, 50, 50), square(200, 200, 50)]
    const driver = new EditorDriver({ records: [polygon('a', rings)] }).select('a').click(50, 50)
    driver.run('polygons.fillHoles')
    expect(areas(driver)).toEqual([87_500])
    driver.run('polygons.fillHoles')
    expect(areas(driver)).toEqual([90_000])
    expect(driver.run('polygons.fillHoles')).toBe(false)
  })

  it('simplifies as far as the eye sees no difference, and smooths', () => {
    const driver = new EditorDriver({ records: [polygon('a', [[[0, 0], [50, 0.4], [100, 0], [100, 100], [0, 100]]])] }).select('a')
    driver.run('polygons.simplify')
    expect(driver.shape('a').geometry).toEqual({ kind: 'polygon', rings: [square(0, 0, 100)] })
    expect(driver.run('polygons.simplify') && driver.edits).toEqual(['simplifyShape'])
    driver.run('polygons.smooth')
    expect(areas(driver)).toEqual([8750])
  })
})
