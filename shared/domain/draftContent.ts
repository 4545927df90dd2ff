import type { DraftRecord } from './draft.ts'
import { compareInStack } from './draftOperations.ts'
import type { Revision } from './revision.ts'

/** A draft's records in the one order that a revision has. */
export function draftContent(records: readonly DraftRecord[]): Pick<Revision, 'shapes' | 'tags' | 'rejections'> {
  return {
    shapes: records.filter((record) => record.type === 'shape').sort(compareInStack),
    tags: records.flatMap((record) => (record.type === 'imageTags' ? record.tags : [])),
    rejections: records.filter((record) => record.type === 'rejection').sort((a, b) => (a.id < b.id ? -1 : 1)),
  }
}
