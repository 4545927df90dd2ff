import { AssetProblem } from '../../../shared/domain/assetProblem.ts'
import { assertNever } from '../../../shared/domain/assertNever.ts'
import type { TaskProblem } from '../../../shared/domain/task.ts'
import { answerAsProcess } from '../threads/answerAsProcess.ts'
import { cutOverview, cutPyramid } from './cutPyramid.ts'
import { ImageRequestSchema, type ImageReply, type ImageRequest } from './imageMessages.ts'
import { makeThumbnail } from './makeThumbnail.ts'
import { readHeader } from './readHeader.ts'

type Send = (reply: ImageReply) => void

// The process in which images are decoded: it may crash or hang without harm to the engine, which asks for one image at a time.
answerAsProcess((message, send: Send) => {
  const request = ImageRequestSchema.parse(message)
  answer(request, send).then(send, (error: unknown) => { send({ kind: 'problem', id: request.id, problem: problemOf(error) }) })
})

async function answer(request: ImageRequest, send: Send): Promise<ImageReply> {
  const { kind, id, file, maxPixels } = request
  switch (kind) {
    case 'header': return { kind, id, header: await readHeader(file, maxPixels) }
    case 'thumbnail': return { kind, id, picture: await makeThumbnail(file, maxPixels) }
    case 'overview':
      await cutOverview(file, request.pyramid, maxPixels, (tile) => { send({ kind: 'tile', id, tile }) })
      return { kind, id }
    case 'cut': return { kind, id, pyramid: await cutPyramid(file, request.scratch, maxPixels, (tile) => { send({ kind: 'tile', id, tile }) }) }
    default: return assertNever(kind, 'image request')
  }
}

function problemOf(error: unknown): TaskProblem {
  if (error instanceof AssetProblem) return error.problem
  const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
  return { code: isFull ? 'diskFull' : 'imageCorrupt', detail: String(error) }
}
