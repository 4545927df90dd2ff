import type { VersionContent } from './compareVersions.ts'
import type { GoldAnswer } from './gold.ts'
import { instantOf, UserIdSchema } from './ids.ts'

/** What the answer to a gold task says of its image, as if somebody had labelled it, so that results can be compared with it. It says nothing of attributes. */
export function goldContent({ shapes, tags }: GoldAnswer): VersionContent {
  return {
    outcome: { kind: 'labelled' }, tags, rejections: [],
    shapes: shapes.map((shape, index) => ({
      ...shape, type: 'shape', order: index + 1, attributes: {}, createdBy: UserIdSchema.parse('gold'), createdAt: instantOf(0), provenance: { source: 'human' },
    })),
  }
}
