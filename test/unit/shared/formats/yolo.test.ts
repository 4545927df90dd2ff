import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SchemaHashSchema } from '../../../../shared/domain/ids.ts'
import { FormatError } from '../../../../shared/formats/formatError.ts'
import type { LabelledImage, LabelledShape } from '../../../../shared/formats/labelledImage.ts'
import { readYoloClasses, readYoloLabels } from '../../../../shared/formats/yolo/readYolo.ts'
import { writeYoloClasses, writeYoloData, writeYoloLabels } from '../../../../shared/formats/yolo/writeYolo.ts'
import { encodeMask } from '../../../../shared/geometry/mask.ts'
import { holds } from '../../../builders/property.ts'
import { CLASSES } from './arbitraries.ts'

function imageOf(...geometries: LabelledShape['geometry'][]): LabelledImage {
  return { fileName: 'x.jpg', width: 200, height: 100, tags: [], shapes: geometries.map((geometry) => ({ category: 1, geometry, attributes: {} })) }
}

describe('writeYoloLabels', () => {
  it('writes the centre and size of boxes as fractions of the image', () => {
    expect(writeYoloLabels(imageOf({ kind: 'rectangle', x: 20, y: 10, width: 100, height: 30 }))).toEqual({
      text: '1 0.35000000 0.25000000 0.50000000 0.30000000\n', written: 1, leftOut: [],
    })
  })

  it('takes the box around every shape that has an area', () => {
    const corner = Uint8Array.from({ length: 20_000 }, (_, at) => (at % 200 < 50 && at < 5000 ? 1 : 0))
    const { text } = writeYoloLabels(imageOf(
      { kind: 'polygon', rings: [[[0, 0], [50, 0], [0, 25]]] },
      { kind: 'mask', rle: encodeMask(corner, 200, 100) },
      { kind: 'ellipse', cx: 25, cy: 12.5, rx: 25, ry: 12.5, rotation: 0 },
      { kind: 'rotatedRectangle', cx: 25, cy: 12.5, width: 25, height: 50, rotation: 90 },
    ))
    expect(text).toBe('1 0.12500000 0.12500000 0.25000000 0.25000000\n'.repeat(4))
  })

  it('cuts boxes at the edges of the image', () => {
    expect(writeYoloLabels(imageOf({ kind: 'rectangle', x: -100, y: 50, width: 200, height: 100 })).text).toBe('1 0.25000000 0.75000000 0.50000000 0.50000000\n')
  })

  it('reports what has no box, and writes an empty file for an image with nothing', () => {
    const { text, written, leftOut } = writeYoloLabels(imageOf(
      { kind: 'point', x: 1, y: 1 }, { kind: 'polyline', points: [[0, 0], [9, 9]] }, { kind: 'rectangle', x: 300, y: 1, width: 5, height: 5 },
      { kind: 'skeleton', points: [{ x: 1, y: 1, visibility: 2 }, { x: 5, y: 5, visibility: 2 }] },
    ))
    expect({ text, written }).toEqual({ text: '', written: 0 })
    expect(leftOut).toEqual([{ reason: 'kind', kind: 'point' }, { reason: 'kind', kind: 'polyline' }, { reason: 'empty', kind: 'rectangle' }, { reason: 'kind', kind: 'skeleton' }])
  })
})

describe('the files about classes', () => {
  const schemaHash = SchemaHashSchema.parse('c'.repeat(64))

  it('names the classes for Ultralytics, with the label schemas in a comment', () => {
    expect(writeYoloData(CLASSES, [schemaHash])).toBe(
      `# Labels exported by Fieldmark\n# label schema ${schemaHash}\npath: .\ntrain: images\nval: images\nnc: 3\nnames:\n  0: "Car"\n  1: "Persona \\"à pied\\""\n  2: "Face"\n`,
    )
  })

  it('keeps a hostile name within its quotes and its line', () => {
    const hostile = [{ name: 'a"\n# b: [\u0085\u2028', points: false }]
    expect(writeYoloData(hostile, []).split('\n').at(-2)).toBe('  0: "a\\"\\n# b: [\\u0085\\u2028"')
    expect(readYoloClasses(writeYoloClasses(hostile))).toEqual(['a" # b: [ '])
  })

  it('lists the names for other tools', () => {
    expect(readYoloClasses(writeYoloClasses(CLASSES))).toEqual(['Car', 'Persona "à pied"', 'Face'])
  })
})

describe('readYoloLabels', () => {
  it('gives back boxes within a thousandth of a pixel', () => {
    const side = fc.integer({ min: 1, max: 100_000 })
    const part = fc.double({ min: 0, max: 1, noNaN: true })
    holds('YOLO round trip', fc.property(side, side, fc.array(fc.tuple(part, part, part, part), { maxLength: 5 }), (width, height, parts) => {
      const boxes = parts.map(([x, y, w, h]) => ({ kind: 'rectangle' as const, x: x * width * 0.9, y: y * height * 0.9, width: (0.001 + w * 0.09) * width, height: (0.001 + h * 0.09) * height }))
      const image = { ...imageOf(...boxes), width, height }
      const { text } = writeYoloLabels(image)
      const read = readYoloLabels(text, image, CLASSES.length)
      expect(read.map(({ category }) => category)).toEqual(boxes.map(() => 1))
      for (const [index, { geometry }] of read.entries()) {
        for (const key of ['x', 'y', 'width', 'height'] as const) {
          expect(Math.abs((geometry.kind === 'rectangle' ? geometry[key] : NaN) - (boxes[index]?.[key] ?? NaN))).toBeLessThan(0.0011)
        }
      }
    }))
  })

  it('reads the lines that other tools write', () => {
    // The first line is from https://roboflow.com/formats/yolo.
    expect(readYoloLabels('1 0.617 0.3594420600858369 0.114 0.17381974248927037\r\n\r\n0 5e-1 0.5 1 1', { width: 1000, height: 100 }, 2).map(({ category }) => category)).toEqual([1, 0])
  })

  it.each([
    ['an outline', '0 0.1 0.1 0.2 0.2 0.3 0.3', /Line 1/],
    ['a result with its confidence', '\n0 0.1 0.1 0.2 0.2 0.9', /Line 2/],
    ['a value beyond the image', '0 1.1 0.1 0.2 0.2', /Line 1/],
    ['words', 'car 0.1 0.1 0.2 0.2', /Line 1/],
    ['a class that is not listed', '7 0.1 0.1 0.2 0.2', /class 7, but there are 2/],
  ])('refuses %s', (_, text, message) => {
    expect(() => readYoloLabels(text, { width: 10, height: 10 }, 2)).toThrow(FormatError)
    expect(() => readYoloLabels(text, { width: 10, height: 10 }, 2)).toThrow(message)
  })
})
