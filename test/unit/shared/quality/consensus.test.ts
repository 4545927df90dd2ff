import { describe, expect, it } from 'vitest'
import { instantOf, ShapeIdSchema, UserIdSchema } from '../../../../shared/domain/ids.ts'
import { editedProvenance, ShapeSchema } from '../../../../shared/domain/shape.ts'
import { geometryArea, geometryBounds } from '../../../../shared/geometry/measure.ts'
import { rasterizeRings } from '../../../../shared/geometry/rasterize.ts'
import type { ShapeGeometry } from '../../../../shared/geometry/shapeGeometry.ts'
import { clustersOf } from '../../../../shared/quality/clusters.ts'
import { comparePairs } from '../../../../shared/quality/comparedPairs.ts'
import { consensusOf, type ConsensusOptions } from '../../../../shared/quality/consensus.ts'
import { mergeGeometry } from '../../../../shared/quality/mergeGeometry.ts'
import { finish } from '../../../../shared/quality/steps.ts'
import { annotationsOf } from '../../../builders/annotations.ts'

const IMAGE = { width: 400, height: 300 }
const rectangle = (x: number, y: number, width = 100, height = 100): ShapeGeometry => ({ kind: 'rectangle', x, y, width, height })
const square = (x: number, side = 60): ShapeGeometry => ({ kind: 'polygon', rings: [[[x, 10], [x + side, 10], [x + side, 10 + side], [x, 10 + side]]] })
const mask = (x: number): ShapeGeometry => ({ kind: 'mask', rle: rasterizeRings([[[x, 10], [x + 60, 10], [x + 60, 70], [x, 70]]], IMAGE) })

function consensus(input: Parameters<typeof annotationsOf>, options: Partial<ConsensusOptions> = {}) {
  const annotations = annotationsOf(...input)
  let made = 0
  const by = { user: UserIdSchema.parse('rita'), at: instantOf(0), newId: () => ShapeIdSchema.parse(`new-${made += 1}`) }
  return finish(consensusOf(annotations, clustersOf(annotations, finish(comparePairs(annotations))), { image: IMAGE, by, ...options }))
}

describe('consensusOf', () => {
  const [a, b, c] = [{ geometry: rectangle(0, 0) }, { geometry: rectangle(10, 4) }, { geometry: rectangle(4, 2, 100, 120) }]

  it('proposes what more than half marked, with its support and where it comes from', () => {
    const { shapes } = consensus([{ ada: [a, { geometry: rectangle(200, 150) }], grace: [b], linus: [c] }])
    expect(shapes).toHaveLength(1)
    expect(shapes[0]).toMatchObject({ support: 3, classSupport: 3, shape: { id: 'new-1', createdBy: 'rita', geometry: rectangle(4, 2, 100, 102) } })
    expect(shapes[0]?.shape.provenance).toMatchObject({ source: 'consensus', annotators: 3, members: [{ revisionId: '0'.repeat(64), shapeId: 'ada-0' }, { shapeId: 'grace-0' }, { shapeId: 'linus-0' }] })
    expect(ShapeSchema.parse(shapes[0]?.shape)).toEqual(shapes[0]?.shape)
    expect(editedProvenance(shapes[0]!.shape.provenance).source).toBe('editedConsensus')
  })

  it('proposes what fewer marked where that is asked for', () => {
    expect(consensus([{ ada: [a], grace: [], linus: [] }], { least: 1 }).shapes.map(({ support, agreement }) => [support, agreement])).toEqual([[1, 1]])
    expect(consensus([{ ada: [a], grace: [] }]).shapes).toEqual([])
  })

  it('takes the class and the attributes that most gave', () => {
    const said = (classId: string, attributes: Record<string, unknown>) => [{ ...a, classId, attributes }]
    const { shapes } = consensus([{ ada: said('car', { view: 'front', parked: true }), grace: said('car', { view: 'rear', note: 'x' }), linus: said('person', { view: 'rear' }), barbara: said('car', { view: 'rear' }) }])
    expect(shapes[0]).toMatchObject({ support: 4, classSupport: 3, shape: { classId: 'car' } })
    expect(shapes[0]?.shape.attributes).toEqual({ view: 'rear' })
  })

  it('takes the tags that more than half set', () => {
    expect(consensus([{ ada: [], grace: [], linus: [] }, { ada: ['night', 'rain'], grace: ['night'] }]).tags).toEqual(['night'])
  })
})

describe('mergeGeometry', () => {
  it('takes the pixels of masks that more than half have', () => {
    const merged = mergeGeometry([mask(0), mask(10), mask(30)], mask(10), IMAGE)
    expect(geometryBounds(merged)).toEqual({ x: 10, y: 10, width: 60, height: 60 })
    expect(merged.kind).toBe('mask')
  })

  it('makes a polygon of what more than half of the polygons have, without the steps of pixels', () => {
    const merged = mergeGeometry([square(0), square(10), square(30)], square(10), IMAGE)
    expect(merged).toMatchObject({ kind: 'polygon' })
    expect(geometryArea(merged)).toBe(3600)
    const slanted = (shift: number): ShapeGeometry => ({ kind: 'polygon', rings: [[[10 + shift, 10], [110 + shift, 60], [60 + shift, 160]]] })
    const triangle = mergeGeometry([slanted(0), slanted(1), slanted(2)], slanted(1), IMAGE)
    expect(triangle.kind === 'polygon' && triangle.rings[0]!.length).toBeLessThan(12)
    expect(Math.abs(geometryArea(triangle) - geometryArea(slanted(0)))).toBeLessThan(150)
  })

  it('keeps the kind that most have, and gives turned rectangles and ellipses the surface of the majority', () => {
    const turned = (cx: number): ShapeGeometry => ({ kind: 'rotatedRectangle', cx, cy: 100, width: 80, height: 40, rotation: 30 })
    const merged = mergeGeometry([turned(100), turned(102), rectangle(60, 60)], turned(100), IMAGE)
    expect(merged.kind).toBe('rotatedRectangle')
    expect(geometryArea(merged)).toBeGreaterThan(3000)
    expect(geometryArea(merged)).toBeLessThan(3600)
  })

  it('takes the median of points and of keypoints, which are labelled as most have it', () => {
    const point = (x: number): ShapeGeometry => ({ kind: 'point', x, y: 5 })
    expect(mergeGeometry([point(1), point(2), point(9)], point(2), IMAGE)).toEqual(point(2))
    const skeleton = (x: number, visibility: 0 | 1 | 2): ShapeGeometry => ({ kind: 'skeleton', points: [{ x, y: 0, visibility: 2 }, { x, y: 10, visibility }] })
    expect(mergeGeometry([skeleton(0, 2), skeleton(4, 0), skeleton(2, 2)], skeleton(2, 2), IMAGE)).toEqual({ kind: 'skeleton', points: [{ x: 2, y: 0, visibility: 2 }, { x: 1, y: 10, visibility: 2 }] })
  })

  it('keeps the line that is most like the others', () => {
    const line = (y: number): ShapeGeometry => ({ kind: 'polyline', points: [[0, y], [50, y]] })
    expect(mergeGeometry([line(0), line(1), line(2)], line(1), IMAGE)).toEqual(line(1))
  })
})
