import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { objectKeypointSimilarity } from '../../../../shared/geometry/keypointSimilarity.ts'
import { likenesses } from '../../../../shared/geometry/likenesses.ts'
import type { Point } from '../../../../shared/geometry/point.ts'
import type { GeometryOf, ShapeGeometry } from '../../../../shared/geometry/shapeGeometry.ts'
import { similarityOf } from '../../../../shared/geometry/similarity.ts'
import { holds } from '../../../builders/property.ts'
import { vectorGeometry } from './arbitraries.ts'

const skeleton = (...points: [x: number, y: number, visibility?: 0 | 1 | 2][]): GeometryOf<'skeleton'> => ({ kind: 'skeleton', points: points.map(([x, y, visibility = 2]) => ({ x, y, visibility })) })
const point = (x: number, y: number): ShapeGeometry => ({ kind: 'point', x, y })
const line = (...points: Point[]): ShapeGeometry => ({ kind: 'polyline', points })

describe('objectKeypointSimilarity (https://cocodataset.org/#keypoints-eval)', () => {
  it.each([[1, 0.88], [2, 0.61], [3, 0.32]])('of a keypoint that lies %d of its standard deviations away is %d, as COCO says of what people place', (deviations, expected) => {
    const [area, sigma] = [90 ** 2, 0.079]
    const away = deviations * sigma * Math.sqrt(area)
    expect(objectKeypointSimilarity(skeleton([10, 10]), skeleton([10 + away, 10]), area, [sigma])).toBeCloseTo(expected, 2)
  })

  it('is the mean over what the reference labels; what the other does not label adds nothing', () => {
    const reference = skeleton([0, 0], [10, 0, 1], [0, 10, 0])
    expect(objectKeypointSimilarity(reference, skeleton([0, 0], [10, 0], [50, 50]), 100)).toBe(1)
    expect(objectKeypointSimilarity(reference, skeleton([0, 0], [10, 0, 0], [0, 10]), 100)).toBe(0.5)
    expect(objectKeypointSimilarity(skeleton([0, 0, 0]), skeleton([0, 0]), 100)).toBe(0)
  })
})

describe('similarityOf', () => {
  it('of two points is 0.5 where they lie the tolerance apart, and 0 from twice that on', () => {
    expect([0, 4, 8, 12].map((x) => similarityOf(point(0, 0), point(x, 0), { tolerance: 4 }))).toEqual([1, 0.5, 0, 0])
  })

  it('of two lines is that of their average distance, in whichever direction they were drawn', () => {
    expect(similarityOf(line([0, 0], [100, 0]), line([100, 5], [50, 5], [0, 5]), { tolerance: 5 })).toBeCloseTo(0.5, 2)
    expect(similarityOf(line([0, 0], [100, 0]), line([0, 0], [100, 0]))).toBe(1)
    expect(similarityOf(line([0, 0], [0, 0]), line([0, 0], [100, 0]), { tolerance: 1 })).toBe(0)
  })

  it('of two skeletons is the same both ways, also where one labels less and where all lie in a line', () => {
    const [whole, part] = [skeleton([0, 0], [40, 0], [80, 0]), skeleton([1, 0], [40, 2], [80, 0, 0])]
    expect(similarityOf(whole, part)).toBeCloseTo(similarityOf(part, whole), 12)
    expect(similarityOf(whole, part)).toBeGreaterThan(0.6)
    expect(similarityOf(whole, part)).toBeLessThan(0.9)
  })

  it('of a surface and a line, a point or a skeleton is 0', () => {
    const box: ShapeGeometry = { kind: 'rectangle', x: 0, y: 0, width: 10, height: 10 }
    expect([point(5, 5), line([0, 0], [10, 10]), skeleton([5, 5])].map((other) => similarityOf(box, other))).toEqual([0, 0, 0])
  })
})

describe('likenesses', () => {
  it('finds skeletons of one keypoint that lie a pixel apart', () => {
    expect(likenesses([skeleton([10, 10])], [skeleton([11, 10])], 0.5)).toMatchObject([{ left: 0, right: 0 }])
  })

  it('finds every pair that is similar enough, although it does not measure all', () => {
    const some = fc.array(vectorGeometry, { maxLength: 8 })
    holds('pruned likenesses', fc.property(some, some, fc.constantFrom(0.01, 0.3, 0.5), (left, right, atLeast) => {
      const all = left.flatMap((a, at) => right.flatMap((b, other) => {
        const similarity = similarityOf(a, b)
        return similarity >= atLeast ? [{ left: at, right: other, similarity }] : []
      }))
      // A skeleton is only looked for within half its length.
      const isNear = ({ left: at, similarity }: { left: number; similarity: number }) => left[at]?.kind !== 'skeleton' || similarity >= 0.5
      expect(likenesses(left, right, atLeast).filter(isNear)).toEqual(all.filter(isNear))
    }))
  })
})
