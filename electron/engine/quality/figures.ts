import { RevisionSchema } from '../../../shared/domain/revision.ts'
import type { TagId } from '../../../shared/domain/ids.ts'
import { boxCentre } from '../../../shared/geometry/box.ts'
import { geometryBounds } from '../../../shared/geometry/measure.ts'
import { agreementOf } from '../../../shared/quality/agreement.ts'
import type { Annotation } from '../../../shared/quality/annotation.ts'
import { cohenKappa } from '../../../shared/quality/cohenKappa.ts'
import { comparePairs } from '../../../shared/quality/comparedPairs.ts'
import { finish } from '../../../shared/quality/steps.ts'
import { AgreementFiguresSchema } from '../../../shared/rpc/quality.ts'
import type { AgreementFigures, LoneShape } from '../../../shared/rpc/quality.ts'
import type { FiguresRequest } from './messages.ts'

/** How far the results agree, and which shapes nobody else has. @throws ZodError when a result is none. */
export function figuresOf({ results, tags }: FiguresRequest): AgreementFigures {
  const annotations = annotationsOf(results)
  const { shapes, pairs, ...figures } = finish(agreementOf(annotations, finish(comparePairs(annotations)), tags))
  const tagsOf = new Map(annotations.map((annotation) => [annotation.annotator, annotation.tags]))
  const lone = new Set(shapes.filter(({ others }) => others === 0).map(({ annotator, shapeId }) => `${annotator} ${shapeId}`))
  return AgreementFiguresSchema.parse({
    ...figures,
    pairs: pairs.map((pair) => ({ ...pair, tagKappa: kappaOfTags(tags, tagsOf.get(pair.left) ?? [], tagsOf.get(pair.right) ?? []) })),
    alone: annotations.flatMap(({ annotator, revisionId, shapes: drawn }, place) => drawn.filter(({ id }) => lone.has(`${annotator} ${id}`)).map(({ id, classId, geometry }): Omit<LoneShape, 'taskId'> & { taskId: string | undefined } => {
      const [x, y] = boxCentre(geometryBounds(geometry))
      return { annotator, revisionId, taskId: results[place]?.taskId, shapeId: id, classId, x, y }
    })),
  })
}

/** Results as they are compared. @throws ZodError when one is none. */
export function annotationsOf(results: FiguresRequest['results']): Annotation[] {
  return results.map(({ annotator, revisionId, json }) => {
    const { shapes, tags } = RevisionSchema.parse(JSON.parse(json))
    return { annotator, revisionId, shapes, tags }
  })
}

function kappaOfTags(tags: readonly TagId[], left: readonly TagId[], right: readonly TagId[]): number | undefined {
  const said = (set: readonly TagId[], tag: TagId) => (set.includes(tag) ? 'set' : 'not set')
  return cohenKappa(tags.map((tag) => [said(left, tag), said(right, tag)] as const))
}
