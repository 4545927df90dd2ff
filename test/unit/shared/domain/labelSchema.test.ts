import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../../shared/domain/canonicalJson.ts'
import { LabelSchemaSchema } from '../../../../shared/domain/labelSchema.ts'
import { A_LABEL_SCHEMA } from '../../../builders/records.ts'

const withSkeleton = (skeleton: unknown) => LabelSchemaSchema.safeParse({
  ...A_LABEL_SCHEMA, classes: [{ id: 'face', name: 'Face', color: '#112233', kinds: ['skeleton'], ...(skeleton === undefined ? {} : { skeleton }) }],
})
const messageOf = (skeleton: unknown) => withSkeleton(skeleton).error?.issues[0]?.message
const two = [{ name: 'Nose' }, { name: 'Chin' }]

describe('a skeleton in a label schema', () => {
  it('has keypoints, and may have edges, colours and a layout', () => {
    expect(withSkeleton({ keypoints: two }).success).toBe(true)
    expect(withSkeleton({ keypoints: [{ name: 'Nose', color: '#00ff00', at: [0.5, 0] }, { name: 'Chin', at: [0.5, 1] }], edges: [[0, 1]] }).success).toBe(true)
  })

  it.each([
    ['that is missing', undefined, 'a class that allows skeletons defines one'],
    ['with one name twice', { keypoints: [{ name: 'Nose' }, { name: 'Nose' }] }, 'two keypoints have one name'],
    ['with half a layout', { keypoints: [{ name: 'Nose', at: [0, 0] }, { name: 'Chin' }] }, 'a default layout places every keypoint'],
    ['with an edge to nowhere', { keypoints: two, edges: [[0, 2]] }, 'an edge joins two keypoints'],
    ['with an edge to itself', { keypoints: two, edges: [[1, 1]] }, 'an edge joins two keypoints'],
  ])('is refused %s', (_, skeleton, message) => { expect(messageOf(skeleton)).toBe(message) })

  it('leaves schemas without one as they were, down to their canonical bytes', () => {
    expect(canonicalJson(LabelSchemaSchema.parse(A_LABEL_SCHEMA))).toBe(canonicalJson(A_LABEL_SCHEMA))
    expect(canonicalJson(A_LABEL_SCHEMA)).not.toContain('skeleton')
  })
})
