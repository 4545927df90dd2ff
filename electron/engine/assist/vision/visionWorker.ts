import { assertNever } from '../../../../shared/domain/assertNever.ts'
import type { AssistAnswer } from '../../../../shared/domain/assist.ts'
import { answerInThread } from '../answerInThread.ts'
import { VisionRequestSchema, type VisionReply, type VisionRequest } from '../messages.ts'
import { proposalOf } from '../proposal.ts'
import { RasterReader } from '../raster.ts'
import { grabCut } from './grabCut.ts'
import { LiveWire } from './liveWire.ts'
import { magicWand } from './magicWand.ts'
import { loadOpenCv } from './opencv.ts'

// The thread in which OpenCV looks at images; it is started when a tool first needs it.
const rasters = new RasterReader()
let liveWire: LiveWire | undefined

answerInThread(async (message): Promise<VisionReply> => {
  const request = VisionRequestSchema.parse(message)
  if (request.kind === 'ask') return { kind: 'answer', answer: await answer(request) }
  await loadOpenCv()
  return { kind: 'ready' }
})

async function answer({ question, source, region, image }: Extract<VisionRequest, { kind: 'ask' }>): Promise<AssistAnswer> {
  const { cv } = await loadOpenCv()
  const raster = await rasters.read(source, region)
  switch (question.tool) {
    case 'magicWand': return proposalOf(magicWand(cv, raster, region, question.seeds), region, image, { tool: 'magicWand' }, question.withMask)
    case 'grabCut': return proposalOf(grabCut(cv, raster, region, question.box, question.strokes), region, image, { tool: 'grabCut' }, question.withMask)
    case 'scissors': {
      liveWire ??= new LiveWire(cv)
      return { kind: 'path', points: liveWire.path(raster, region, question.from, question.to) }
    }
    case 'segmentAnything': throw new RangeError('Models are run by the model worker')
    default: return assertNever(question, 'question')
  }
}
