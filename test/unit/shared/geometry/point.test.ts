import { expect, it } from 'vitest'
import { PointSchema } from '../../../../shared/geometry/point.ts'

it('a point is two finite numbers, and is taken over as it is', () => {
  const point = [1.5, -2]
  expect(PointSchema.parse(point)).toBe(point)
  for (const other of [[1], [1, 2, 3], [1, '2'], [NaN, 0], [Infinity, 0], { 0: 1, 1: 2, length: 2 }, null]) expect(PointSchema.safeParse(other).success).toBe(false)
})
