import { v7 } from 'uuid'
import { ShapeIdSchema } from '../../../shared/domain/ids.ts'
import { clustersOf } from '../../../shared/quality/clusters.ts'
import { comparePairs } from '../../../shared/quality/comparedPairs.ts'
import { consensusOf } from '../../../shared/quality/consensus.ts'
import { finish } from '../../../shared/quality/steps.ts'
import { annotationsOf } from './figures.ts'
import type { ConsensusRequest, Proposal } from './messages.ts'

/** What more than half of the people marked, in the shape that lies between theirs. @throws ZodError when a result is none. */
export function proposalOf({ results, image, user, at }: ConsensusRequest): Proposal {
  const annotations = annotationsOf(results)
  const by = { user, at, newId: () => ShapeIdSchema.parse(v7()) }
  const { shapes, tags } = finish(consensusOf(annotations, clustersOf(annotations, finish(comparePairs(annotations))), { image, by }))
  return { shapes: shapes.map(({ shape }) => shape), tags: [...tags] }
}
