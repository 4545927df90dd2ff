import { describe, expect, it } from 'vitest'
import { gridStrength, paintPixelGrid } from '../../../../renderer/canvas/aids/pixelGrid.ts'
import { scaleBar } from '../../../../renderer/features/annotate/view/scale.ts'
import { UPRIGHT } from '../../../../shared/geometry/camera.ts'

describe('the pixel grid', () => {
  it('fades in from eight times', () => {
    expect([1, 8, 12, 16, 64].map(gridStrength)).toEqual([0, 0, 0.5, 1, 1])
  })

  it('has a line at every border of a pixel in view, and none beside the image', () => {
    const lines: number[][] = []
    const context = { beginPath() {}, moveTo: (x: number, y: number) => { lines.push([x, y]) }, lineTo() {}, stroke() {}, strokeStyle: '', lineWidth: 0 }
    paintPixelGrid(context as unknown as CanvasRenderingContext2D, { ...UPRIGHT, x: -1, y: 0, zoom: 16 }, { width: 64, height: 32 }, { width: 2, height: 100 }, 2)
    expect(lines.slice(0, 6)).toEqual([[16.25, 0.25], [32.25, 0.25], [48.25, 0.25], [16.25, 0.25], [16.25, 16.25], [16.25, 32.25]])
    expect(lines.slice(6)).toEqual(lines.slice(0, 6).map((line) => line.map((value) => value + 0.5)))
    expect(context).toMatchObject({ strokeStyle: 'rgba(255, 255, 255, 0.35)', lineWidth: 0.5 })
  })
})

it('a scale bar is as long as it may be and stands for a round length', () => {
  expect(scaleBar(1)).toEqual({ micrometres: 100, pixels: 100 })
  expect(scaleBar(0.05)).toEqual({ micrometres: 5, pixels: expect.closeTo(100) as number })
  for (const size of [0.0013, 0.7, 42, 9999]) {
    const { pixels } = scaleBar(size)
    expect(pixels).toBeGreaterThan(50)
    expect(pixels).toBeLessThanOrEqual(140)
  }
})
