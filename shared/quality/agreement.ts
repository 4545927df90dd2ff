import { bestPairs, SAME_OBJECT } from '../domain/matchShapes.ts'
import type { ClassId, ShapeId, TagId, UserId } from '../domain/ids.ts'
import type { Annotation } from './annotation.ts'
import { boundaryAgreementOf, pooledBoundary } from './boundaryAgreement.ts'
import type { BoundaryAgreement } from './boundaryAgreement.ts'
import { clustersOf } from './clusters.ts'
import type { Cluster } from './clusters.ts'
import { cohenKappa } from './cohenKappa.ts'
import type { ComparedPair } from './comparedPairs.ts'
import { fleissKappa } from './fleissKappa.ts'
import { krippendorffAlpha } from './krippendorffAlpha.ts'
import { countsOf } from './nominal.ts'
import { COCO_THRESHOLDS, scoresAt, scoresOf } from './matchScores.ts'
import type { MatchScores } from './matchScores.ts'
import type { Steps } from './steps.ts'

/**
 * How far annotators agree on shapes, a shape of another class being another shape: at similarities of 0.5 and 0.75, and the F1 averaged over COCO's
 * thresholds from 0.5 to 0.95. `places` is at 0.5 without looking at classes; `boundary` is that of the masks which match at 0.5, undefined where there are none.
 */
export interface ShapeAgreement {
  readonly at50: MatchScores
  readonly at75: MatchScores
  readonly averageF1: number
  readonly places: MatchScores
  readonly boundary: BoundaryAgreement | undefined
}

/** Two annotators; `classKappa` is Cohen's, of the classes of the shapes that lie on the same place. */
export interface PairAgreement extends ShapeAgreement { readonly left: UserId; readonly right: UserId; readonly classKappa: number | undefined }
/** The shapes of one class, over every two annotators. */
export interface ClassAgreement { readonly classId: ClassId; readonly scores: MatchScores }
/** How many others marked the object of a shape, and how similar all of them are (see `Cluster`). */
export interface ShapeSupport { readonly annotator: UserId; readonly shapeId: ShapeId; readonly others: number; readonly agreement: number }

/** How far several annotators agree on an image. Alphas and kappas are undefined where there is nothing to compare, or nothing to choose from. */
export interface Agreement {
  readonly overall: ShapeAgreement
  readonly pairs: readonly PairAgreement[]
  readonly classes: readonly ClassAgreement[]
  readonly shapes: readonly ShapeSupport[]
  /** Krippendorff's, of the classes of objects that two or more marked. */
  readonly classAlpha: number | undefined
  /** Fleiss', of the classes of objects that all marked. */
  readonly classKappa: number | undefined
  /** Krippendorff's, of whether each tag was set. */
  readonly tagAlpha: number | undefined
  /** Fleiss', of the same. */
  readonly tagKappa: number | undefined
}

/** A step for every two annotators. @param tags all that could have been set. */
export function* agreementOf(annotations: readonly Annotation[], compared: readonly ComparedPair[], tags: readonly TagId[]): Steps<Agreement> {
  const pairs: PairAgreement[] = []
  const byClass = new Map<ClassId, MatchScores[]>()
  for (const pair of compared) {
    const [left, right] = [annotations[pair.left], annotations[pair.right]]
    if (left === undefined || right === undefined) continue
    pairs.push(pairAgreement(left, right, pair))
    for (const { classId, scores } of classScores(left, right, pair)) byClass.set(classId, [...(byClass.get(classId) ?? []), scores])
    yield pairs.length / compared.length
  }
  const clusters = clustersOf(annotations, compared)
  const classesOf = ({ members }: Cluster) => members.map(({ shape }) => shape.classId)
  const common = clusters.filter(({ members }) => members.length === annotations.length)
  const setBy = tags.map((tag) => annotations.map((annotation) => (annotation.tags.includes(tag) ? 'set' : 'not set')))
  return {
    overall: summary(pairs), pairs, classes: [...byClass].map(([classId, scores]) => ({ classId, scores: pooled(SAME_OBJECT, scores) })),
    shapes: clusters.flatMap(({ members, agreement }) => members.flatMap(({ annotation, shape }): ShapeSupport[] => {
      const annotator = annotations[annotation]?.annotator
      return annotator === undefined ? [] : [{ annotator, shapeId: shape.id, others: members.length - 1, agreement }]
    })),
    classAlpha: krippendorffAlpha(clusters.map(classesOf)),
    classKappa: annotations.length < 2 ? undefined : fleissKappa(common.map(classesOf)),
    tagAlpha: krippendorffAlpha(setBy), tagKappa: annotations.length < 2 ? undefined : fleissKappa(setBy),
  }
}

function pairAgreement(left: Annotation, right: Annotation, { alike }: ComparedPair): PairAgreement {
  const scores = COCO_THRESHOLDS.map((threshold) => scoresAt(threshold, left.shapes, right.shapes, alike, 'same'))
  const places = bestPairs(left.shapes, right.shapes, alike, 'any')
  const classes = places.flatMap((pair) => {
    const [one, other] = [left.shapes[pair.left], right.shapes[pair.right]]
    return one === undefined || other === undefined ? [] : [[one.classId, other.classId] as const]
  })
  return {
    left: left.annotator, right: right.annotator, classKappa: cohenKappa(classes),
    at50: at(scores, 0.5), at75: at(scores, 0.75), averageF1: meanOf(scores.map(({ f1 }) => f1)), places: scoresAt(SAME_OBJECT, left.shapes, right.shapes, alike, 'any'),
    boundary: boundaryAgreementOf(left.shapes, right.shapes, bestPairs(left.shapes, right.shapes, alike, 'same')),
  }
}

function at(scores: readonly MatchScores[], wanted: number): MatchScores {
  return scores.find(({ threshold }) => threshold === wanted) ?? scoresOf(wanted, { matched: 0, reference: 0, found: 0, similarity: 0 })
}

/** Counts of all pairs together, so that a pair weighs by its shapes. */
function summary(pairs: readonly PairAgreement[]): ShapeAgreement {
  return {
    at50: pooled(0.5, pairs.map(({ at50 }) => at50)), at75: pooled(0.75, pairs.map(({ at75 }) => at75)),
    averageF1: pairs.length === 0 ? 1 : meanOf(pairs.map(({ averageF1 }) => averageF1)), places: pooled(SAME_OBJECT, pairs.map(({ places }) => places)),
    boundary: pooledBoundary(pairs.map(({ boundary }) => boundary)),
  }
}

function pooled(threshold: number, scores: readonly MatchScores[]): MatchScores {
  const sum = (value: (each: MatchScores) => number) => scores.reduce((total, each) => total + value(each), 0)
  const matched = sum((each) => each.matched)
  return scoresOf(threshold, {
    matched, reference: matched + sum(({ missed }) => missed), found: matched + sum(({ spurious }) => spurious),
    similarity: sum((each) => each.matched * (each.meanSimilarity ?? 0)),
  })
}

function classScores({ shapes: ours }: Annotation, { shapes: theirs }: Annotation, { alike }: ComparedPair): ClassAgreement[] {
  const [reference, found] = [countsOf(ours.map(({ classId }) => classId)), countsOf(theirs.map(({ classId }) => classId))]
  const matched = bestPairs(ours, theirs, alike, 'same').map((pair) => ({ classId: ours[pair.left]?.classId, similarity: pair.similarity }))
  return [...new Set([...reference.keys(), ...found.keys()])].map((classId) => {
    const own = matched.filter((pair) => pair.classId === classId)
    const counts = { matched: own.length, reference: reference.get(classId) ?? 0, found: found.get(classId) ?? 0 }
    return { classId, scores: scoresOf(SAME_OBJECT, { ...counts, similarity: own.reduce((sum, { similarity }) => sum + similarity, 0) }) }
  })
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
