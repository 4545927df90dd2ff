import { describe, expect, it } from 'vitest'
import { NO_CONFIDENCE_COLOR, SOURCE_COLORS, paintStyle, shapeColor } from '../../../../renderer/canvas/shapes/shapeStyle.ts'
import type { Styled } from '../../../../renderer/canvas/shapes/shapeStyle.ts'
import { ShapeIdSchema } from '../../../../shared/domain/ids.ts'

const styled = (over: Partial<Styled> = {}): Styled => ({ id: ShapeIdSchema.parse('a'), classColor: '#3366cc', source: 'human', confidence: undefined, ...over })

describe('the colour of a shape', () => {
  it('is that of its class, or says where it comes from', () => {
    expect(shapeColor(styled(), 'class')).toBe('#3366cc')
    expect(shapeColor(styled(), 'source')).toBe(SOURCE_COLORS.human)
    expect(shapeColor(styled({ source: 'prediction' }), 'source')).toBe(SOURCE_COLORS.prediction)
  })

  it('tells instances apart and stays with each', () => {
    const colors = ['a', 'b', 'c', 'd'].map((id) => shapeColor(styled({ id: ShapeIdSchema.parse(id) }), 'instance'))
    expect(new Set(colors).size).toBe(4)
    expect(shapeColor(styled(), 'instance')).toBe(colors[0])
  })

  it('goes from red to green with confidence, and is grey without', () => {
    expect(shapeColor(styled({ confidence: 0 }), 'confidence')).toBe('#a50026')
    expect(shapeColor(styled({ confidence: 1 }), 'confidence')).toBe('#006837')
    expect(shapeColor(styled(), 'confidence')).toBe(NO_CONFIDENCE_COLOR)
  })

  it('is always six hexadecimal digits, which masks and labels are painted by', () => {
    for (const by of ['class', 'instance', 'source', 'confidence'] as const) {
      expect(shapeColor(styled({ confidence: 0.37 }), by)).toMatch(/^#[0-9a-f]{6}$/)
    }
  })
})

it('predictions are dashed and clearer than shapes, masks fuller', () => {
  const chosen = { fillOpacity: 0.16, outlineWidth: 2 }
  expect(paintStyle(chosen, 'shapes')).toEqual({ dashed: false, fillOpacity: 0.16, maskOpacity: 0.4, outlineWidth: 2, outlineOpacity: 1 })
  expect(paintStyle(chosen, 'predictions')).toMatchObject({ dashed: true, fillOpacity: 0.04 })
  expect(paintStyle(chosen, 'removed')).toEqual({ dashed: true, fillOpacity: 0, maskOpacity: 0.2, outlineWidth: 2, outlineOpacity: 0.5 })
})
