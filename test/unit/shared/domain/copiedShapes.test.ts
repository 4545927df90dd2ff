import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copiedShapesOf, copiedText, COPIED_SHAPES_START } from '../../../../shared/domain/copiedShapes.ts'
import { ClassIdSchema, GroupIdSchema } from '../../../../shared/domain/ids.ts'
import { holds } from '../../../builders/property.ts'
import { geometry } from '../geometry/arbitraries.ts'

const car = ClassIdSchema.parse('car')

describe('copied shapes as text', () => {
  it('come back as they were', () => {
    holds('copied shapes', fc.property(fc.array(geometry, { minLength: 1, maxLength: 5 }), (geometries) => {
      const shapes = geometries.map((each, index) => ({ classId: car, geometry: each, attributes: {}, ...(index === 0 ? { groupId: GroupIdSchema.parse('g') } : {}) }))
      const copied = { shapes, classNames: new Map([[car, 'Car']]) }
      expect(copiedShapesOf(copiedText(copied))).toEqual(copied)
    }))
  })

  it.each([
    ['plain text', 'Hello'], ['other JSON', '{"a":1}'], ['nothing', ''], ['half a text', copiedText({ shapes: [], classNames: new Map() }).slice(0, 40)],
    ['no shapes', `${COPIED_SHAPES_START}"classes":[],"shapes":[]}`],
    ['a shape without a place', `${COPIED_SHAPES_START}"classes":[],"shapes":[{"classId":"car","geometry":{"kind":"point","x":1},"attributes":{}}]}`],
    ['a mask whose runs cannot be read', `${COPIED_SHAPES_START}"classes":[],"shapes":[{"classId":"car","geometry":{"kind":"mask","rle":{"size":[2,2],"counts":"~~~~"}},"attributes":{}}]}`],
  ])('are none in %s', (_, text) => { expect(copiedShapesOf(text)).toBeUndefined() })
})
