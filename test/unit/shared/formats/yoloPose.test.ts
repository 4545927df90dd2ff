import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SchemaHashSchema } from '../../../../shared/domain/ids.ts'
import type { DatasetClass } from '../../../../shared/formats/datasetClasses.ts'
import type { LabelledImage, LabelledShape } from '../../../../shared/formats/labelledImage.ts'
import { poseClassesOf, writeYoloPoseData, writeYoloPoseLabels } from '../../../../shared/formats/yolo/writeYoloPose.ts'
import { holds } from '../../../builders/property.ts'
import { skeleton } from '../geometry/arbitraries.ts'
import { CLASSES } from './arbitraries.ts'

/** A hand has two keypoints, the face of CLASSES three. */
const HAND: DatasetClass = { name: 'Hand', points: false, skeleton: { keypoints: ['wrist', 'tip "1"'], edges: [[0, 1]] } }
const ALL = [...CLASSES, HAND]
const [FACE, OF_HAND] = [2, 3]

function imageOf(...shapes: [number, LabelledShape['geometry']][]): LabelledImage {
  return { fileName: 'x.jpg', width: 200, height: 100, tags: [], shapes: shapes.map(([category, geometry]) => ({ category, geometry, attributes: {} })) }
}

describe('YOLO for poses', () => {
  it('writes class, box and keypoints with their visibility as fractions, those not labelled as zeros', () => {
    const face = { kind: 'skeleton' as const, points: [{ x: 20, y: 10, visibility: 2 as const }, { x: 120, y: 40, visibility: 1 as const }, { x: 7, y: 7, visibility: 0 as const }] }
    expect(writeYoloPoseLabels(imageOf([FACE, face]), ALL)).toEqual({
      text: '0 0.35000000 0.25000000 0.50000000 0.30000000 0.10000000 0.10000000 2 0.60000000 0.40000000 1 0.00000000 0.00000000 0\n', written: 1, leftOut: [],
    })
  })

  it('fills classes with fewer keypoints up, for all lines of a data set are as long', () => {
    const hand = { kind: 'skeleton' as const, points: [{ x: 0, y: 0, visibility: 2 as const }, { x: 200, y: 100, visibility: 2 as const }] }
    expect(writeYoloPoseLabels(imageOf([OF_HAND, hand]), ALL).text)
      .toBe('1 0.50000000 0.50000000 1.00000000 1.00000000 0.00000000 0.00000000 2 1.00000000 1.00000000 2 0.00000000 0.00000000 0\n')
  })

  it('leaves out what is no pose, or has other keypoints than its class, or no extent', () => {
    const one = { x: 5, y: 5, visibility: 2 as const }
    const { text, leftOut } = writeYoloPoseLabels(imageOf(
      [0, { kind: 'rectangle', x: 0, y: 0, width: 5, height: 5 }], [FACE, { kind: 'point', x: 1, y: 1 }], [FACE, { kind: 'skeleton', points: [one, { ...one, x: 9 }] }],
      [OF_HAND, { kind: 'skeleton', points: [one, one] }],
    ), ALL)
    expect(text).toBe('')
    expect(leftOut).toEqual([{ reason: 'kind', kind: 'rectangle' }, { reason: 'kind', kind: 'point' }, { reason: 'keypoints', kind: 'skeleton' }, { reason: 'empty', kind: 'skeleton' }])
  })

  it('has five and three times the keypoints numbers a line, all fractions within the image, whatever stands beyond it', () => {
    holds('lines of poses', fc.property(skeleton({ minLength: 3, maxLength: 3 }), (geometry) => {
      for (const line of writeYoloPoseLabels(imageOf([FACE, geometry]), ALL).text.split('\n').filter((text) => text !== '')) {
        const [category, ...numbers] = line.split(' ').map(Number)
        expect([category, numbers.length]).toEqual([0, 4 + 3 * 3])
        const visibilities = [6, 9, 12].map((at) => numbers[at])
        expect(numbers.filter((_, at) => ![6, 9, 12].includes(at)).every((value) => value >= 0 && value <= 1)).toBe(true)
        expect(visibilities).toEqual(geometry.points.map(({ visibility }) => visibility))
      }
    }))
  })

  it('says how many keypoints there are, and names classes and keypoints', () => {
    const schemaHash = SchemaHashSchema.parse('c'.repeat(64))
    expect(poseClassesOf(ALL).map(({ name }) => name)).toEqual(['Face', 'Hand'])
    expect(writeYoloPoseData(ALL, [schemaHash])).toBe([
      '# Labels exported by Fieldmark', `# label schema ${schemaHash}`, 'path: .', 'train: images', 'val: images', 'kpt_shape: [3, 3]', 'nc: 2', 'names:', '  0: "Face"', '  1: "Hand"',
      'kpt_names:', '  0:', '    - "left eye"', '    - "right eye"', '    - "mouth"', '  1:', '    - "wrist"', '    - "tip \\"1\\""', '',
    ].join('\n'))
  })
})
