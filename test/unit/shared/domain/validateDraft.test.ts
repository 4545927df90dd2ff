import { describe, expect, it } from 'vitest'
import { encodeMask } from '../../../../shared/geometry/mask.ts'
import { ImageTagsSchema, RejectionSchema } from '../../../../shared/domain/draft.ts'
import { LabelSchemaSchema } from '../../../../shared/domain/labelSchema.ts'
import { checkShape, isWarning, validateDraft } from '../../../../shared/domain/validateDraft.ts'
import { A_LABEL_SCHEMA, aShape } from '../../../builders/records.ts'

const image = { width: 100, height: 80 }
const box = { kind: 'rectangle', x: 10, y: 10, width: 20, height: 20 }
const car = (attributes: Record<string, unknown>) => aShape({ classId: 'car', geometry: box, attributes })
const rules = (...records: Parameters<typeof validateDraft>[0]) => validateDraft(records, A_LABEL_SCHEMA, image)
const person = (geometry: Record<string, unknown>) => rules(aShape({ geometry })).map(({ rule }) => rule)

describe('validateDraft', () => {
  it('lets a draft through that keeps every rule, and an empty one', () => {
    expect(rules()).toEqual([])
    expect(rules(
      car({ view: 'side', doors: 4, parked: false, note: 'older' }),
      ImageTagsSchema.parse({ type: 'imageTags', id: 'image-tags', tags: ['blurred'] }),
      RejectionSchema.parse({ type: 'rejection', id: 'rejection:p', predictionId: 'x', predictedShapeId: 'p' }),
    )).toEqual([])
  })

  it.each([
    ['a required attribute that is missing', {}, 'attributeRequired', 'View'],
    ['a required attribute that is empty', { view: '' }, 'attributeRequired', 'View'],
    ['an option that there is not', { view: 'top' }, 'attributeInvalid', 'View'],
    ['a number below its least', { view: 'side', doors: 1 }, 'attributeInvalid', 'Doors'],
    ['a number above its most', { view: 'side', doors: 6 }, 'attributeInvalid', 'Doors'],
    ['a number that is a text', { view: 'side', doors: '4' }, 'attributeInvalid', 'Doors'],
    ['a yes or no that is a number', { view: 'side', parked: 1 }, 'attributeInvalid', 'Parked'],
    ['a text that is too long', { view: 'side', note: 'longer' }, 'attributeInvalid', 'Note'],
    ['an attribute that the class has not', { view: 'side', colour: 'red' }, 'unknownAttribute', 'colour'],
  ])('finds %s', (_, attributes, rule, subject) => {
    expect(rules(car(attributes))).toEqual([{ rule, subject, shapeId: 'shape-1' }])
  })

  it('finds classes, kinds and tags that the schema does not have', () => {
    expect(rules(aShape({ classId: 'boat', geometry: box }))).toEqual([{ rule: 'unknownClass', subject: 'boat', shapeId: 'shape-1' }])
    expect(rules(aShape({ classId: 'car', attributes: { view: 'side' }, geometry: { kind: 'point', x: 1, y: 1 } }))).toEqual([{ rule: 'kindNotAllowed', subject: 'point', shapeId: 'shape-1' }])
    expect(rules(ImageTagsSchema.parse({ type: 'imageTags', id: 'image-tags', tags: ['blurred', 'night'] }))).toEqual([{ rule: 'unknownTag', subject: 'night' }])
  })

  it('finds shapes that are smaller than their class allows, but no points', () => {
    const schema = LabelSchemaSchema.parse({ ...A_LABEL_SCHEMA, classes: A_LABEL_SCHEMA.classes.map((labelClass) => ({ ...labelClass, minSize: 10 })) })
    const found = (geometry: Record<string, unknown>) => validateDraft([aShape({ geometry })], schema, image).map(({ rule }) => rule)
    expect(found({ ...box, width: 9 })).toEqual(['tooSmall'])
    expect(found({ ...box, width: 10 })).toEqual([])
    expect(found({ kind: 'polyline', points: [[1, 1], [1, 12]] })).toEqual([])
    expect(found({ kind: 'polyline', points: [[1, 1], [1, 9]] })).toEqual(['tooSmall'])
    expect(found({ kind: 'point', x: 1, y: 1 })).toEqual([])
  })

  it('lets a polygon that crosses itself through, with a warning', () => {
    const crossed = aShape({ geometry: { kind: 'polygon', rings: [[[0, 0], [40, 40], [40, 0], [0, 60]]] } })
    expect(rules(crossed)).toEqual([])
    const warnings = checkShape(crossed, A_LABEL_SCHEMA.classes[1], image)
    expect(warnings).toEqual([{ rule: 'selfIntersection', subject: 'Person', shapeId: 'shape-1' }])
    expect(warnings.every(isWarning)).toBe(true)
  })

  it('finds skeletons of other keypoints than their class has', () => {
    const [face] = LabelSchemaSchema.parse({
      ...A_LABEL_SCHEMA, classes: [{ id: 'face', name: 'Face', color: '#112233', kinds: ['skeleton'], skeleton: { keypoints: [{ name: 'Nose' }, { name: 'Chin' }] } }],
    }).classes
    const found = (points: { x: number; y: number; visibility: number }[]) =>
      validateDraft([aShape({ classId: 'face', geometry: { kind: 'skeleton', points } })], { ...A_LABEL_SCHEMA, classes: face ? [face] : [] }, image).map(({ rule }) => rule)
    const nose = { x: 5, y: 5, visibility: 2 }
    expect(found([nose, { x: 900, y: 5, visibility: 0 }])).toEqual([])
    expect(found([nose])).toEqual(['wrongKeypoints'])
    expect(found([{ ...nose, visibility: 0 }, { ...nose, visibility: 0 }])).toEqual(['emptyShape'])
    expect(found([nose, { x: 900, y: 5, visibility: 1 }])).toEqual(['outsideImage'])
  })

  const full = { kind: 'mask', rle: encodeMask(new Uint8Array(8000).fill(1), 100, 80) }
  it.each([
    ['a box without width', { ...box, width: 0 }, ['emptyShape']],
    ['a polygon along one line', { kind: 'polygon', rings: [[[1, 1], [5, 5], [9, 9]]] }, ['emptyShape']],
    ['a line without length', { kind: 'polyline', points: [[1, 1], [1, 1]] }, ['emptyShape']],
    ['an ellipse without height', { kind: 'ellipse', cx: 5, cy: 5, rx: 3, ry: 0, rotation: 0 }, ['emptyShape']],
    ['a mask without pixels', { kind: 'mask', rle: encodeMask(new Uint8Array(8000), 100, 80) }, ['emptyShape']],
    ['a mask that cannot be read', { kind: 'mask', rle: { size: [80, 100], counts: '!!' } }, ['emptyShape']],
    ['a mask of another size than the image', { kind: 'mask', rle: encodeMask(new Uint8Array(100).fill(1), 10, 10) }, ['outsideImage']],
    ['a mask of the whole image', full, []],
    ['a point', { kind: 'point', x: 0, y: 80 }, []],
    ['a point outside', { kind: 'point', x: 0, y: 81 }, ['outsideImage']],
    ['a box over the edge by a rounding', { ...box, x: -0.3 }, []],
    ['a box over the edge', { ...box, x: -2 }, ['outsideImage']],
    ['a turned box with a corner over the edge', { kind: 'rotatedRectangle', cx: 95, cy: 40, width: 20, height: 8, rotation: 30 }, []],
    ['a turned box beside the image', { kind: 'rotatedRectangle', cx: 195, cy: 40, width: 20, height: 8, rotation: 30 }, ['outsideImage']],
  ])('judges %s', (_, geometry, found) => {
    expect(person(geometry)).toEqual(found)
  })
})
