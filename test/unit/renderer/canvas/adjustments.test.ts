import { describe, expect, it } from 'vitest'
import { createAdjustmentFilter } from '../../../../renderer/canvas/adjust/adjustmentFilter.ts'
import { filterTables, tone } from '../../../../renderer/canvas/adjust/filterTables.ts'
import { levelsWithin } from '../../../../renderer/canvas/image/levels.ts'
import { UNADJUSTED } from '../../../../renderer/editor/store/adjustments.ts'

const at = (tables: ReturnType<typeof filterTables>['tables'], level: number) => tables.map((table) => Math.round((table[level] ?? NaN) * 255))

describe('the tones of an adjusted image', () => {
  it('stay as they are without adjustments', () => {
    for (const value of [0, 0.2, 0.5, 1]) expect(tone(UNADJUSTED, value)).toBeCloseTo(value)
  })

  it('are brighter, steeper, bent or turned round', () => {
    expect(tone({ ...UNADJUSTED, brightness: 0.2 }, 0.5)).toBeCloseTo(0.7)
    expect(tone({ ...UNADJUSTED, contrast: 1 }, 0.6)).toBeCloseTo(1)
    expect(tone({ ...UNADJUSTED, contrast: -1 }, 0.9)).toBeCloseTo(0.5)
    expect(tone({ ...UNADJUSTED, gamma: 2 }, 0.25)).toBeCloseTo(0.5)
    expect(tone({ ...UNADJUSTED, invert: true }, 0.25)).toBeCloseTo(0.75)
  })

  it('are never outside of black and white', () => {
    for (const value of [0, 0.3, 1]) {
      expect(tone({ ...UNADJUSTED, brightness: 1, contrast: 0.9 }, value)).toBeLessThanOrEqual(1)
      expect(tone({ ...UNADJUSTED, brightness: -1, contrast: 0.9 }, value)).toBeGreaterThanOrEqual(0)
    }
  })
})

describe('the filter', () => {
  it('takes one channel for all three, or their luma', () => {
    expect(filterTables(UNADJUSTED).mix).toBeUndefined()
    expect(filterTables({ ...UNADJUSTED, channel: 'green' }).mix).toEqual([0, 1, 0])
    expect(filterTables({ ...UNADJUSTED, falseColor: 'magma' }).mix).toEqual([0.299, 0.587, 0.114])
  })

  it('gives false colours as their maps define them', () => {
    expect(at(filterTables({ ...UNADJUSTED, falseColor: 'viridis' }).tables, 0)).toEqual([68, 1, 84])
    expect(at(filterTables({ ...UNADJUSTED, falseColor: 'inferno' }).tables, 255)).toEqual([252, 255, 164])
    const jet = filterTables({ ...UNADJUSTED, falseColor: 'jet' }).tables
    expect([0, 255].map((level) => at(jet, level))).toEqual([[0, 0, 128], [128, 0, 0]])
  })

  it('is part of the page and goes with the canvas', () => {
    const host = document.createElement('div')
    const filter = createAdjustmentFilter(host)
    filter.set({ ...UNADJUSTED, channel: 'red', invert: true })
    expect(host.querySelector('feColorMatrix')?.getAttribute('values')).toBe('1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 0 0 0 1 0')
    expect(host.querySelector('feFuncR')?.getAttribute('tableValues')).toMatch(/^1\.0000 0\.9961 .* 0\.0000$/)
    filter.remove()
    expect(host.children).toHaveLength(0)
  })
})

describe('the levels that an image uses', () => {
  const pixels = (...greys: number[]) => new Uint8ClampedArray(greys.flatMap((grey) => [grey, grey, 0, 255]))

  it('leave out the few darkest and brightest pixels', () => {
    const most = Array.from({ length: 1000 }, (_, index) => 51 + (index % 103))
    expect(levelsWithin(pixels(0, 255, ...most), 'red')).toEqual({ low: 0.2, high: expect.closeTo(0.6) as number })
  })

  it('are those of the channel, and of what has been loaded', () => {
    expect(levelsWithin(pixels(51, 102), 'blue')).toEqual({ low: 0, high: 0 })
    expect(levelsWithin(new Uint8ClampedArray(16), 'all')).toBeUndefined()
  })
})
