import { answerInThread } from '../assist/answerInThread.ts'
import { figuresOf } from './figures.ts'
import { AgreementRequestSchema } from './messages.ts'

// The thread in which results are compared: thousands of shapes take longer than the engine may be busy in one go.
answerInThread((request) => Promise.resolve(figuresOf(AgreementRequestSchema.parse(request))))
