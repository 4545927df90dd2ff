import { describe, expect, it } from 'vitest'
import { TagIdSchema } from '../../../../shared/domain/ids.ts'
import { rasterizeRings } from '../../../../shared/geometry/rasterize.ts'
import { agreementOf, type Agreement } from '../../../../shared/quality/agreement.ts'
import { boundaryScore } from '../../../../shared/quality/boundaryScore.ts'
import { clustersOf } from '../../../../shared/quality/clusters.ts'
import { comparePairs } from '../../../../shared/quality/comparedPairs.ts'
import { finish } from '../../../../shared/quality/steps.ts'
import { annotationsOf } from '../../../builders/annotations.ts'

const box = (x: number, classId = 'person', y = 0) => ({ classId, geometry: { kind: 'rectangle', x, y, width: 100, height: 100 } })
const TAGS = ['blurred', 'night', 'rain'].map((tag) => TagIdSchema.parse(tag))

function agreement(...input: Parameters<typeof annotationsOf>): Agreement {
  const annotations = annotationsOf(...input)
  return finish(agreementOf(annotations, finish(comparePairs(annotations)), TAGS))
}

describe('agreementOf', () => {
  it('says of every two, and of all together, how far they have the same shapes', () => {
    const { overall, pairs } = agreement({ ada: [box(0), box(300)], grace: [box(0), box(320)], linus: [box(0)] })
    expect(pairs.map(({ left, right, at50 }) => [left, right, at50.matched, at50.missed, at50.spurious])).toEqual([['ada', 'grace', 2, 0, 0], ['ada', 'linus', 1, 1, 0], ['grace', 'linus', 1, 1, 0]])
    expect(overall.at50).toMatchObject({ matched: 4, missed: 2, spurious: 0, precision: 1 })
    expect(overall.at50.meanSimilarity).toBeCloseTo((3 + 80 / 120) / 4, 9)
    expect(overall.at75.matched).toBe(3)
    // An overlap of 80 / 120 holds at four of COCO's ten thresholds, and half the shapes at the others.
    expect(pairs[0]?.averageF1).toBeCloseTo(0.4 + 0.6 * 0.5, 9)
  })

  it('tells shapes of the same place from shapes of the same class', () => {
    const { overall, pairs, classes } = agreement({ ada: [box(0), box(300, 'car')], grace: [box(0), box(300)] })
    expect(overall).toMatchObject({ at50: { matched: 1 }, places: { matched: 2, f1: 1 } })
    expect(classes.map(({ classId, scores }) => [classId, scores.matched, scores.missed, scores.spurious])).toEqual([['person', 1, 0, 1], ['car', 0, 1, 0]])
    // One of two agrees; by chance a person would meet a person in one of two as well.
    expect(pairs[0]?.classKappa).toBe(0)
  })

  it('says of each shape how many others have it: those with none stand alone', () => {
    const { shapes } = agreement({ ada: [box(0), box(600)], grace: [box(0)], linus: [box(20)] })
    expect(shapes.map(({ shapeId, others }) => [shapeId, others])).toEqual([['ada-0', 2], ['grace-0', 2], ['linus-0', 2], ['ada-1', 0]])
    expect(shapes[0]?.agreement).toBeCloseTo((1 + 2 * (80 / 120)) / 3, 9)
  })

  it('measures the classes of what several marked, and the tags of the image', () => {
    const table = { ada: [box(0), box(300, 'car'), box(600)], grace: [box(0), box(300, 'car'), box(600, 'car')], linus: [box(0), box(300, 'car')] }
    const { classAlpha, classKappa, tagAlpha, tagKappa } = agreement(table, { ada: ['night'], grace: ['night'], linus: ['night', 'rain'] })
    // By hand: pairs that differ are 2 of 8 values once, against 2 * 4 * 4 / 7 by chance.
    expect(classAlpha).toBeCloseTo(1 - 2 / ((2 * 4 * 4) / 7), 9)
    expect(classKappa).toBe(1)
    // Four of nine are set; of the unit that differs, 4 ordered pairs over 2.
    expect(tagAlpha).toBeCloseTo(1 - 2 / ((2 * 4 * 5) / 8), 9)
    // Two items with full agreement and one of three pairs alike in the third, against 4/9 and 5/9 by chance.
    expect(tagKappa).toBeCloseTo((7 / 9 - 41 / 81) / (1 - 41 / 81), 9)
  })

  it('measures the borders of masks that belong together, each pair of masks alike, and nothing else', () => {
    const square = (x: number, side = 40, classId = 'person') => ({ classId, geometry: { kind: 'mask', rle: rasterizeRings([[[x, 10], [x + side, 10], [x + side, 10 + side], [x, 10 + side]]], { width: 400, height: 100 }) } })
    const masks = { ada: [square(10), square(200)], grace: [square(10), square(208)], linus: [square(10), square(300)] }
    const { overall, pairs } = agreement(masks)
    const shifted = boundaryScore(square(200).geometry.rle, square(208).geometry.rle).f
    expect(shifted).toBeLessThan(1)
    expect(pairs.map(({ boundary }) => boundary)).toEqual([{ masks: 2, meanF: (1 + shifted) / 2 }, { masks: 1, meanF: 1 }, { masks: 1, meanF: 1 }])
    expect(overall.boundary).toEqual({ masks: 4, meanF: (3 + shifted) / 4 })
    // Another class is another object, and a box has no border of pixels.
    expect(agreement({ ada: [square(10)], grace: [square(10, 40, 'car')] }).overall.boundary).toBeUndefined()
    expect(agreement({ ada: [box(0)], grace: [box(0)] }).overall.boundary).toBeUndefined()
  })

  it('calls empty images full agreement, and has nothing to say of kappas', () => {
    expect(agreement({ ada: [], grace: [] })).toMatchObject({ overall: { at50: { f1: 1 } }, classAlpha: undefined, classKappa: undefined, tagAlpha: undefined, tagKappa: undefined })
    expect(agreement({ ada: [box(0)] })).toMatchObject({ pairs: [], classAlpha: undefined, classKappa: undefined, tagKappa: undefined })
  })
})

describe('clustersOf', () => {
  const clusters = (...input: Parameters<typeof annotationsOf>) => {
    const annotations = annotationsOf(...input)
    return clustersOf(annotations, finish(comparePairs(annotations)))
  }
  it('joins shapes of one object, one of each annotator, whatever the order of the annotators', () => {
    const ids = (found: ReturnType<typeof clusters>) => found.map(({ members }) => members.map(({ shape }) => shape.id).sort().join(' ')).sort()
    const [ada, grace, linus] = [[box(0), box(300)], [box(10), box(310)], [box(5)]]
    const expected = ['ada-0 grace-0 linus-0', 'ada-1 grace-1']
    expect(ids(clusters({ ada, grace, linus }))).toEqual(expected)
    expect(ids(clusters({ linus, grace, ada }))).toEqual(expected)
  })

  it('never takes two shapes of one annotator for one object', () => {
    const found = clusters({ ada: [box(0), box(30)], grace: [box(12)], linus: [box(20)] })
    for (const { members } of found) expect(new Set(members.map(({ annotation }) => annotation)).size).toBe(members.length)
    expect(found.flatMap(({ members }) => members)).toHaveLength(4)
  })

  it('knows the shape that is most like the others', () => {
    expect(clusters({ ada: [box(0)], grace: [box(20)], linus: [box(30)] })[0]?.closest.shape.id).toBe('grace-0')
  })
})
