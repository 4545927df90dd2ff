import { assign } from '../geometry/assignment.ts'
import { likenesses } from '../geometry/likenesses.ts'
import type { Likeness } from '../geometry/likenesses.ts'
import type { SimilarityOptions } from '../geometry/similarity.ts'
import type { Shape } from './shape.ts'

/** What the classes of two shapes mean for their matching: they must be the same, are preferred to be, or are not looked at. */
export type ClassRule = 'same' | 'preferred' | 'any'

/** From so much similarity on, two shapes are taken for the same object; the customary threshold for overlaps (PASCAL VOC, COCO). */
export const SAME_OBJECT = 0.5

export interface MatchOptions extends SimilarityOptions {
  /** The least similarity of a pair, 0 to 1; `SAME_OBJECT` unless it is given. */
  readonly atLeast?: number
  readonly classes?: ClassRule
}

type Labelled = Pick<Shape, 'classId' | 'geometry'>
export interface MatchedPair<T> { readonly left: T; readonly right: T; readonly similarity: number }
export interface ShapeMatching<T> { readonly pairs: readonly MatchedPair<T>[]; readonly onlyLeft: readonly T[]; readonly onlyRight: readonly T[] }

/** Matches two lists of shapes one to one, so that the pairs are as similar as can be together. */
export function matchShapes<T extends Labelled>(left: readonly T[], right: readonly T[], options: MatchOptions = {}): ShapeMatching<T> {
  const alike = likenesses(left.map(({ geometry }) => geometry), right.map(({ geometry }) => geometry), options.atLeast ?? SAME_OBJECT, options)
  const matched = bestPairs(left, right, alike, options.classes ?? 'preferred')
  const takenLeft = new Set(matched.map((pair) => pair.left))
  const takenRight = new Set(matched.map((pair) => pair.right))
  return {
    pairs: matched.flatMap((pair): MatchedPair<T>[] => {
      const [one, other] = [left[pair.left], right[pair.right]]
      return one === undefined || other === undefined ? [] : [{ left: one, right: other, similarity: pair.similarity }]
    }),
    onlyLeft: left.filter((_, index) => !takenLeft.has(index)),
    onlyRight: right.filter((_, index) => !takenRight.has(index)),
  }
}

/** Of the pairs of shapes that are alike, those that belong together. */
export function bestPairs(left: readonly Labelled[], right: readonly Labelled[], alike: readonly Likeness[], classes: ClassRule): Likeness[] {
  const candidates = alike.flatMap((pair) => {
    const isSame = left[pair.left]?.classId === right[pair.right]?.classId
    if (classes === 'same' && !isSame) return []
    return [{ ...pair, worth: pair.similarity + (classes === 'preferred' && isSame ? 1 : 0) }]
  })
  return assign(candidates).map(({ worth: _worth, ...pair }) => pair)
}
