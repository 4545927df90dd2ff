import { assertNever } from '../../../shared/domain/assertNever.ts'
import { answerInThread } from '../assist/answerInThread.ts'
import { figuresOf } from './figures.ts'
import { QualityRequestSchema } from './messages.ts'
import { proposalOf } from './proposal.ts'
import { comparedText, differencesOf } from './versionSides.ts'

// The thread in which results and versions are compared: thousands of shapes take longer than the engine may be busy in one go.
answerInThread((message) => {
  const request = QualityRequestSchema.parse(message)
  switch (request.kind) {
    case 'figures': return Promise.resolve(figuresOf(request))
    case 'contents': return Promise.resolve(differencesOf(...request.contents))
    case 'differences': return Promise.resolve(comparedText(request))
    case 'consensus': return Promise.resolve(proposalOf(request))
    default: return assertNever(request, 'request')
  }
})
