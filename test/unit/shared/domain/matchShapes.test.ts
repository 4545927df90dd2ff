import { describe, expect, it } from 'vitest'
import { matchShapes, type MatchOptions } from '../../../../shared/domain/matchShapes.ts'
import { aShape } from '../../../builders/records.ts'

const box = (id: string, x: number, classId = 'person', width = 30) => aShape({ id, classId, geometry: { kind: 'rectangle', x, y: 20, width, height: 40 } })
const matched = (left: ReturnType<typeof box>[], right: ReturnType<typeof box>[], options?: MatchOptions) => matchShapes(left, right, options).pairs.map((pair) => `${pair.left.id}-${pair.right.id}`)

describe('matchShapes', () => {
  it('matches shapes so that they are as similar as can be together', () => {
    expect(matched([box('a', 10), box('b', 18)], [box('p', 16), box('q', 3)])).toEqual(['a-q', 'b-p'])
  })

  it('tells what is left of either, and how similar the pairs are', () => {
    const { pairs, onlyLeft, onlyRight } = matchShapes([box('a', 10), box('b', 400)], [box('p', 20), box('q', 200)])
    expect(pairs.map(({ similarity }) => similarity)).toEqual([0.5])
    expect([onlyLeft, onlyRight].map((shapes) => shapes.map(({ id }) => id))).toEqual([['b'], ['q']])
  })

  it('takes shapes for one object from the similarity on that it is told', () => {
    expect(matched([box('a', 10)], [box('p', 20)], { atLeast: 0.51 })).toEqual([])
    expect(matched([box('a', 10)], [box('p', 30)], { atLeast: 0.2 })).toEqual(['a-p'])
  })

  it('keeps to the classes, prefers them, or does not look at them', () => {
    const [left, right] = [[box('head', 10, 'person', 30), box('helmet', 10, 'car', 31)], [box('p', 10, 'car', 30), box('q', 10, 'person', 31)]]
    expect(matched(left, right, { classes: 'any' })).toEqual(['head-p', 'helmet-q'])
    expect(matched(left, right, { classes: 'preferred' })).toEqual(['head-q', 'helmet-p'])
    expect(matched([box('a', 10, 'car')], [box('p', 10)], { classes: 'preferred' })).toEqual(['a-p'])
    expect(matched([box('a', 10, 'car')], [box('p', 10)], { classes: 'same' })).toEqual([])
  })
})
