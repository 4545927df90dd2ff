import { SAME_OBJECT } from '../domain/matchShapes.ts'
import { likenesses } from '../geometry/likenesses.ts'
import type { Likeness } from '../geometry/likenesses.ts'
import type { SimilarityOptions } from '../geometry/similarity.ts'
import type { Annotation } from './annotation.ts'
import type { Steps } from './steps.ts'

/** Two annotations, by their places among several, and which of their shapes are alike (by their places there), with a similarity of 0.5 at least. */
export interface ComparedPair { readonly left: number; readonly right: number; readonly alike: readonly Likeness[] }

/** Measures the shapes of every two annotations against each other, a step each. It is most of the work of `agreementOf` and `clustersOf`. */
export function* comparePairs(annotations: readonly Annotation[], options: SimilarityOptions = {}): Steps<ComparedPair[]> {
  const geometries = annotations.map(({ shapes }) => shapes.map(({ geometry }) => geometry))
  const pairs: ComparedPair[] = []
  const count = (annotations.length * (annotations.length - 1)) / 2
  for (const [left, ours] of geometries.entries()) {
    for (const [right, theirs] of geometries.entries()) {
      if (right <= left) continue
      pairs.push({ left, right, alike: likenesses(ours, theirs, SAME_OBJECT, options) })
      yield pairs.length / count
    }
  }
  return pairs
}
