import { RevisionIdSchema, UserIdSchema } from '../../shared/domain/ids.ts'
import type { Annotation } from '../../shared/quality/annotation.ts'
import { aShape } from './records.ts'

/** Annotations of one image, from the fields of each person's shapes; ids are `annotator-number` where none are given. */
export function annotationsOf(byAnnotator: Record<string, Record<string, unknown>[]>, tags: Record<string, string[]> = {}): Annotation[] {
  return Object.entries(byAnnotator).map(([annotator, shapes], index) => ({
    annotator: UserIdSchema.parse(annotator), revisionId: RevisionIdSchema.parse(`${index}`.repeat(64)),
    shapes: shapes.map((shape, number) => aShape({ id: `${annotator}-${number}`, createdBy: annotator, ...shape })),
    tags: (tags[annotator] ?? []) as Annotation['tags'][number][],
  }))
}
