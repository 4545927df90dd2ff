import { describe, expect, it } from 'vitest'
import { COCO_THRESHOLDS, matchScores } from '../../../../shared/quality/matchScores.ts'
import { aShape } from '../../../builders/records.ts'

const box = (x: number, classId = 'person') => aShape({ classId, geometry: { kind: 'rectangle', x, y: 0, width: 100, height: 100 } })

describe('matchScores', () => {
  it('counts what was found, missed and added, and averages the overlap of the pairs', () => {
    const [scores] = matchScores([box(0), box(500), box(900)], [box(0), box(520)])
    expect(scores).toMatchObject({ threshold: 0.5, matched: 2, missed: 1, spurious: 0, precision: 1 })
    expect(scores?.recall).toBeCloseTo(2 / 3, 9)
    expect(scores?.f1).toBeCloseTo(0.8, 9)
    expect(scores?.meanSimilarity).toBeCloseTo((1 + 80 / 120) / 2, 9)
  })

  it('goes through COCO\'s thresholds, from 0.5 to 0.95', () => {
    expect(COCO_THRESHOLDS).toEqual([0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95])
    // An overlap of 80 / 120 counts up to a threshold of 0.65.
    expect(matchScores([box(0)], [box(20)], { thresholds: COCO_THRESHOLDS }).map(({ f1 }) => f1)).toEqual([1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
  })

  it('takes another class for another object, unless it is told to look at places alone', () => {
    expect(matchScores([box(0)], [box(0, 'car')])[0]).toMatchObject({ matched: 0, f1: 0, meanSimilarity: undefined })
    expect(matchScores([box(0)], [box(0, 'car')], { classes: 'any' })[0]).toMatchObject({ matched: 1, f1: 1, meanSimilarity: 1 })
  })

  it('calls no shapes at all full agreement, and none on one side none', () => {
    expect(matchScores([], [])[0]).toMatchObject({ precision: 1, recall: 1, f1: 1 })
    expect(matchScores([box(0)], [])[0]).toMatchObject({ precision: 0, recall: 0, f1: 0 })
  })
})
