import type { GoldAnswer, GoldScore } from '../domain/gold.ts'
import { bestPairs } from '../domain/matchShapes.ts'
import type { Revision } from '../domain/revision.ts'
import { likenesses } from '../geometry/likenesses.ts'
import { scoresOf } from './matchScores.ts'

/** How the labels of a result answer a gold task; see `GoldScore`. What is of the right class is matched first, and only what is left under any class. */
export function scoreAgainstGold(answer: GoldAnswer, result: Pick<Revision, 'shapes' | 'tags'>): Omit<GoldScore, 'revisionId' | 'taskId' | 'author' | 'at'> {
  const { shapes: reference, threshold } = answer
  const found = result.shapes
  const alike = likenesses(reference.map(({ geometry }) => geometry), found.map(({ geometry }) => geometry), threshold)
  const right = bestPairs(reference, found, alike, 'same')
  const [taken, used] = [new Set(right.map(({ left }) => left)), new Set(right.map(({ right: place }) => place))]
  const wrongClass = bestPairs(reference, found, alike.filter(({ left, right: place }) => !taken.has(left) && !used.has(place)), 'any').length
  const { matched, missed, spurious, precision, recall, f1, meanSimilarity } = scoresOf(threshold, {
    matched: right.length, reference: reference.length, found: found.length, similarity: right.reduce((sum, { similarity }) => sum + similarity, 0),
  })
  const [wanted, given] = [new Set(answer.tags), new Set(result.tags)]
  return {
    threshold, matched, missed: missed - wrongClass, extra: spurious - wrongClass, wrongClass, precision, recall, f1, ...(meanSimilarity !== undefined && { meanSimilarity }),
    missedTags: answer.tags.filter((tag) => !given.has(tag)).length, extraTags: result.tags.filter((tag) => !wanted.has(tag)).length,
  }
}
