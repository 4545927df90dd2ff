import { assertNever } from '../../../shared/domain/assertNever.ts'
import { answerInThread } from '../assist/answerInThread.ts'
import { figuresOf } from './figures.ts'
import { QualityRequestSchema } from './messages.ts'
import { proposalOf } from './proposal.ts'

// The thread in which results are compared: thousands of shapes take longer than the engine may be busy in one go.
answerInThread((message) => {
  const request = QualityRequestSchema.parse(message)
  switch (request.kind) {
    case 'figures': return Promise.resolve(figuresOf(request))
    case 'consensus': return Promise.resolve(proposalOf(request))
    default: return assertNever(request, 'request')
  }
})
