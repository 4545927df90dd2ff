import { sampleResults } from '../../../../shared/domain/sampling.ts'
import { commentsOf } from '../../db/repositories/comments.ts'
import { annotatorRecords, reviewCandidates, reviewFacets, reviewRow } from '../../db/repositories/reviewQueue.ts'
import { openStatementRows } from '../../db/repositories/statements.ts'
import type { Agreements } from '../../quality/agreements.ts'
import { addComment } from '../../work/addComment.ts'
import { beginConsensus } from '../../work/beginConsensus.ts'
import { acceptCorrection, beginCorrection, decide } from '../../work/decide.ts'
import type { WorkContext } from '../../work/context.ts'
import { instantNow } from '../../work/context.ts'
import { retryStatement } from '../../work/statements.ts'
import { taskStory } from '../../work/taskStory.ts'
import type { Handlers } from '../server.ts'

export interface ReviewingPorts {
  context: WorkContext
  agreements: Pick<Agreements, 'of' | 'propose'>
}

type ReviewingChannel = 'quality.agreement' | 'quality.propose' | 'reviews.queue' | 'reviews.facets' | 'reviews.story' | 'reviews.decide' | 'reviews.correct' | 'reviews.acceptCorrection' | 'comments.list' | 'comments.add' | 'sync.statements' | 'sync.retryStatement'

/** What is said about results, by reviewers and annotators. */
export function reviewingHandlers({ context, agreements }: ReviewingPorts): Pick<Handlers, ReviewingChannel> {
  const { db, clock } = context
  return {
    'reviews.queue': ({ query, offset, limit }) => {
      const candidates = reviewCandidates(db, query.filter, context.userId, instantNow(clock))
      const picked = sampleResults(query.sampling, candidates, () => annotatorRecords(db))
      return { total: picked.length, waiting: candidates.length, rows: picked.slice(offset, offset + limit).map(({ revisionId }) => reviewRow(db, revisionId)) }
    },
    'reviews.facets': () => reviewFacets(db, context.userId, instantNow(clock)),
    'reviews.story': ({ taskId }) => taskStory(db, taskId),
    'quality.agreement': ({ taskId }) => agreements.of(taskId),
    'quality.propose': async ({ taskId }) => {
      const { proposal, results } = await agreements.propose(taskId)
      beginConsensus(context, taskId, proposal, results)
      return { shapes: proposal.shapes.length }
    },
    'reviews.decide': (request) => decide(context, request),
    'reviews.correct': ({ taskId, revisionId }) => { beginCorrection(context, taskId, revisionId); return {} },
    'reviews.acceptCorrection': ({ taskId, corrects, timeOnTaskMs, comment }) => acceptCorrection(context, taskId, corrects, timeOnTaskMs, comment),
    'comments.list': ({ taskId }) => commentsOf(db, taskId),
    'comments.add': (request) => addComment(context, request),
    'sync.statements': () => openStatementRows(db),
    'sync.retryStatement': ({ id }) => { retryStatement(context, id); return {} },
  }
}
