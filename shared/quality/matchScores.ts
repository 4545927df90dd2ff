import { bestPairs, SAME_OBJECT } from '../domain/matchShapes.ts'
import type { ClassRule } from '../domain/matchShapes.ts'
import type { Shape } from '../domain/shape.ts'
import { likenesses } from '../geometry/likenesses.ts'
import type { Likeness } from '../geometry/likenesses.ts'
import type { SimilarityOptions } from '../geometry/similarity.ts'

/** COCO's ten thresholds of similarity, from 0.5 to 0.95 (https://cocodataset.org/#detection-eval). */
export const COCO_THRESHOLDS: readonly number[] = Array.from({ length: 10 }, (_, step) => (50 + 5 * step) / 100)

type Labelled = Pick<Shape, 'classId' | 'geometry'>

/**
 * How well `found` shapes are those of a `reference`, where a pair wants a similarity of `threshold`. Of no shapes at all everything is 1; of no found ones
 * precision is 0, of no reference recall is. `meanSimilarity` is that of the pairs (mean IoU where they are surfaces), and undefined without pairs.
 */
export interface MatchScores {
  readonly threshold: number
  readonly matched: number
  readonly missed: number
  readonly spurious: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly meanSimilarity: number | undefined
}

export interface ScoreOptions extends SimilarityOptions {
  readonly thresholds?: readonly number[]
  /** `same`: a shape of another class is another shape; `any`: classes are not looked at. */
  readonly classes?: Exclude<ClassRule, 'preferred'>
}

/** Scores at each threshold, from an optimal matching of its own. */
export function matchScores(reference: readonly Labelled[], found: readonly Labelled[], { thresholds = [SAME_OBJECT], classes = 'same', ...options }: ScoreOptions = {}): MatchScores[] {
  const least = Math.min(...thresholds)
  const alike = likenesses(reference.map(({ geometry }) => geometry), found.map(({ geometry }) => geometry), least, options)
  return thresholds.map((threshold) => scoresAt(threshold, reference, found, alike, classes))
}

/** The same from pairs that were measured before; they must go down to the threshold. */
export function scoresAt(threshold: number, reference: readonly Labelled[], found: readonly Labelled[], alike: readonly Likeness[], classes: ClassRule): MatchScores {
  const pairs = bestPairs(reference, found, alike.filter(({ similarity }) => similarity >= threshold), classes)
  return scoresOf(threshold, { matched: pairs.length, reference: reference.length, found: found.length, similarity: pairs.reduce((sum, { similarity }) => sum + similarity, 0) })
}

/** Scores from counts; `similarity` is the sum over the pairs. */
export function scoresOf(threshold: number, { matched, reference, found, similarity }: { matched: number; reference: number; found: number; similarity: number }): MatchScores {
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : Number(reference + found === 0))
  return {
    threshold, matched, missed: reference - matched, spurious: found - matched,
    precision: share(matched, found), recall: share(matched, reference), f1: share(2 * matched, reference + found),
    meanSimilarity: matched > 0 ? similarity / matched : undefined,
  }
}
