import { expect, it } from 'vitest'
import { GoldAnswerSchema } from '../../../../shared/domain/gold.ts'
import { scoreAgainstGold } from '../../../../shared/quality/goldScore.ts'
import { aShape } from '../../../builders/records.ts'

const box = (x: number, width = 40) => ({ kind: 'rectangle' as const, x, y: 0, width, height: 40 })
const answer = (shapes: unknown[], fields: Record<string, unknown> = {}) => GoldAnswerSchema.parse({ taskId: 'task-1', feedback: 'never', shapes, ...fields })
const gold = (id: string, classId: string, x: number) => ({ id, classId, geometry: box(x) })
const found = (id: string, classId: string, x: number, width?: number) => aShape({ id, classId, geometry: box(x, width) })

it('counts what is found, missed, too much, and in its place under another class', () => {
  const score = scoreAgainstGold(answer([gold('a', 'car', 0), gold('b', 'car', 100), gold('c', 'person', 200)]), { tags: [], shapes: [found('x', 'car', 0), found('y', 'person', 100), found('z', 'car', 300)] })
  expect(score).toEqual({ threshold: 0.5, matched: 1, missed: 1, extra: 1, wrongClass: 1, precision: 1 / 3, recall: 1 / 3, f1: 1 / 3, meanSimilarity: 1, missedTags: 0, extraTags: 0 })
})

it('takes the right class before a nearer shape of another one', () => {
  const score = scoreAgainstGold(answer([gold('a', 'car', 0)]), { tags: [], shapes: [found('near', 'person', 0), found('right', 'car', 10)] })
  expect(score).toMatchObject({ matched: 1, missed: 0, extra: 1, wrongClass: 0 })
})

it('wants the similarity of its threshold', () => {
  // 40 of 50 columns are in both: an IoU of 0.8.
  const shapes = [found('x', 'car', 0, 50)]
  expect(scoreAgainstGold(answer([gold('a', 'car', 0)], { threshold: 0.8 }), { tags: [], shapes })).toMatchObject({ matched: 1, f1: 1, meanSimilarity: 0.8 })
  expect(scoreAgainstGold(answer([gold('a', 'car', 0)], { threshold: 0.81 }), { tags: [], shapes })).toMatchObject({ matched: 0, missed: 1, extra: 1, f1: 0 })
})

it('is full for nothing where nothing is, and compares the tags of the image', () => {
  expect(scoreAgainstGold(answer([], { tags: ['blurred', 'dark'] }), { shapes: [], tags: ['dark', 'rain'] as never })).toMatchObject({ f1: 1, missedTags: 1, extraTags: 1 })
})
